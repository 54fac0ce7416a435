"""The map of the network in a real browser, drawn by WebGL in software: what is seen, chosen and kept in the address."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from .axe import violations
from .conftest import CHROMIUM, Served

DRAWING = (
    *("--headless", "--no-sandbox", "--no-first-run"),
    *("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PATIENCE = 60_000  # milliseconds that software may take to draw
FARMING = "210000/nw"


@pytest.fixture(scope="module")
def drawing(browser: Browser) -> Iterator[Browser]:
    """A browser that has WebGL without a graphics card."""
    made = browser.browser_type.launch(executable_path=CHROMIUM, args=list(DRAWING))
    expect.set_options(timeout=PATIENCE)
    yield made
    made.close()


class Seen:
    """A page of the explorer, and what the browser said and asked for while it was open."""

    def __init__(self, page: Page, served: Served) -> None:
        self.page, self.served = page, served
        self.said: list[str] = []
        self.elsewhere: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.note(request.url))

    def note(self, url: str) -> None:
        if urlsplit(url).netloc != urlsplit(self.served.url).netloc:
            self.elsewhere.append(url)

    def open(self, address: str) -> None:
        self.page.goto(self.served.url.rstrip("/") + address)
        expect(self.page.locator("#explorer[data-ties]")).to_be_visible(timeout=PATIENCE)

    def counts(self) -> tuple[int, int]:
        """Give how many bodies and ties the map shows."""
        data = self.page.locator("#explorer")
        return int(data.get_attribute("data-bodies") or 0), int(data.get_attribute("data-ties") or 0)

    def asked(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    def point_of(self, body: str) -> tuple[float, float]:
        """Give where on the page a body stands."""
        x, y = self.page.evaluate(
            """body => {
              const place = document.getElementById("map");
              const {sigma} = place.network;
              const at = sigma.framedGraphToViewport(sigma.getNodeDisplayData(body));
              const box = place.getBoundingClientRect();
              return [box.x + at.x, box.y + at.y];
            }""",
            body,
        )
        return x, y

    def table(self) -> int:
        """Give the number of ties that the page lists."""
        said = self.page.locator("#ties-title .soft").inner_text()
        return int(said.replace(",", ""))


@pytest.fixture
def seen(drawing: Browser, served: Served) -> Iterator[Seen]:
    """A new page; in the end nothing may have gone wrong or elsewhere."""
    context = drawing.new_context(viewport={"width": 1280, "height": 1000}, locale="zh-CN", reduced_motion="reduce")
    one = Seen(context.new_page(), served)
    yield one
    context.close()
    assert one.said == []
    assert one.elsewhere == []


def colours(page: Page) -> int:
    """Count the colours that the drawing has."""
    image = Image.open(io.BytesIO(page.locator("#map").screenshot())).convert("RGB")
    found = image.getcolors(1 << 24)
    assert found is not None
    return len(found)


def test_the_map_is_drawn(seen: Seen) -> None:
    seen.open("/network")
    assert seen.counts() == (65, 417)
    drawn = seen.page.wait_for_function(
        "() => document.getElementById('map').network.sigma.getNodeDisplayedLabels().size > 5"
    )
    assert drawn
    assert colours(seen.page) > 100
    expect(seen.page.locator("#panel")).to_contain_text("65 个机构、417 条关系")


def test_filters_change_the_counts_and_the_lists(seen: Seen) -> None:
    seen.open("/network")
    page = seen.page
    page.locator("select[name=q]").select_option("0.05")
    expect(page.locator("#explorer")).to_have_attribute("data-listed", "1")
    bodies, ties = seen.counts()
    assert (bodies, seen.table()) == (65, ties) and 0 < ties < 417
    page.locator("select[name=year]").select_option("2016")
    expect(page.locator("#explorer")).to_have_attribute("data-listed", "2")
    assert seen.counts()[0] == 58 and seen.table() == seen.counts()[1]
    page.locator("input[value=department]").check()
    expect(page.locator("#explorer")).to_have_attribute("data-listed", "3")
    assert seen.counts()[0] < 58 and seen.table() == seen.counts()[1]
    assert seen.asked() == {"q": ["0.05"], "year": ["2016"], "kind": ["department"]}


@pytest.mark.parametrize("layer", ["co-lead", "lead-support"])
def test_the_layers_are_those_of_the_command_line(seen: Seen, cli: Any, built: Any, layer: str) -> None:
    seen.open("/network")
    seen.page.locator("select[name=layer]").select_option(layer)
    expect(seen.page.locator("#explorer")).to_have_attribute("data-listed", "1")
    rows = cli("network", "--graph", built, "--layer", layer, "--format", "csv").stdout.decode().splitlines()
    assert seen.counts()[1] == seen.table() == len(rows) - 1


def test_a_click_on_a_body_selects_it(seen: Seen) -> None:
    seen.open("/network")
    seen.page.mouse.click(*seen.point_of(FARMING))
    panel = seen.page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("省农委")
    expect(panel.get_by_role("link", name="机构页")).to_have_attribute("href", f"/body/{FARMING}")
    expect(panel.locator("ol.partners li").first).to_contain_text("省财政厅 15")
    expect(seen.page.locator("#ties-title")).to_contain_text("省农委")
    assert seen.asked()["body"] == [FARMING]
    panel.get_by_role("button", name="取消选择").click()
    expect(panel).to_contain_text("点选机构")
    assert "body" not in seen.asked()


def test_a_partner_leads_to_the_tie_and_its_tasks(seen: Seen) -> None:
    seen.open(f"/network?body={FARMING}")
    panel = seen.page.locator("#panel")
    panel.get_by_role("button", name="省财政厅").click()
    expect(panel.locator("ol.tasks > li")).to_have_count(15)
    expect(panel.locator("q.clause").first).to_contain_text("牵头单位")
    expect(panel.get_by_role("link", name="2016-057")).to_have_attribute(
        "href", "/task/ln-2016-revitalisation/2016-057"
    )
    panel.get_by_role("link", name="关系页").click()
    expect(seen.page.locator("h1")).to_have_text("省财政厅 – 省农委")


def test_a_click_on_a_tie_selects_it(seen: Seen) -> None:
    seen.open("/network?q=0.05")
    (one, other) = seen.point_of("210000/czt"), seen.point_of(FARMING)
    seen.page.mouse.click((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    expect(seen.page.locator("#panel ol.tasks > li")).to_have_count(15)
    assert seen.asked()["tie"] == [f"210000/czt~{FARMING}"]


def test_the_address_restores_the_view(seen: Seen) -> None:
    seen.open("/network?layer=any&year=2016&q=0.05&min=2&kind=department&kind=central&body=210000/nw&at=0.4,0.6,0.5")
    page = seen.page
    expect(page.locator("#panel h2")).to_have_text("省农委")
    state = page.evaluate("() => document.getElementById('map').network.sigma.getCamera().getState()")
    assert (state["x"], state["y"], state["ratio"]) == (0.4, 0.6, 0.5)
    before = seen.counts()
    page.locator("#zoom-in").click()
    page.wait_for_function("() => location.search.includes('at=0.4,0.6,0.333')")
    address = page.url
    seen.open(urlsplit(address).path + "?" + urlsplit(address).query)
    assert seen.counts() == before
    state = page.evaluate("() => document.getElementById('map').network.sigma.getCamera().getState()")
    assert state["ratio"] == 0.333
    expect(page.locator("#panel h2")).to_have_text("省农委")
    assert page.locator("input[name=min]").input_value() == "2"


def test_back_and_forward_go_through_what_was_chosen(seen: Seen) -> None:
    seen.open("/network")
    page = seen.page
    page.locator("select[name=year]").select_option("2016")
    expect(page.locator("#explorer")).to_have_attribute("data-listed", "1")
    of_year = seen.counts()
    page.locator("#body").fill("省农委")
    page.locator("#body").press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("省农委")
    page.go_back()
    expect(page.locator("#body")).to_have_value("")
    expect(page.locator("#panel")).to_contain_text("点选机构")
    assert seen.counts() == of_year and "body" not in seen.asked()
    page.go_back()
    expect(page.locator("#explorer")).to_have_attribute("data-ties", "417")
    assert page.locator("select[name=year]").input_value() == "" and seen.asked() == {}
    page.go_forward()
    expect(page.locator("#explorer")).to_have_attribute("data-ties", str(of_year[1]))
    assert page.locator("select[name=year]").input_value() == "2016"


def test_a_body_is_found_by_its_name(seen: Seen) -> None:
    seen.open("/network")
    box = seen.page.locator("#body")
    box.fill("沈阳海关")
    box.press("Tab")
    expect(seen.page.locator("#panel h2")).to_have_text("沈阳海关")
    box.fill("无此机构")
    box.press("Tab")
    expect(seen.page.locator("#panel")).to_contain_text("没有这个机构")


def test_the_map_is_used_with_keys_alone(seen: Seen) -> None:
    seen.open("/network")
    page = seen.page
    page.locator("#map").focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('at=0.583,0.5,0.667')")
    page.keyboard.press("]")
    expect(page.locator("#panel h2")).to_have_text("省发展改革委")
    page.keyboard.press("]")
    expect(page.locator("#panel h2")).to_have_text("省财政厅")
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_count(0)
    page.keyboard.press("0")
    page.wait_for_function("() => !location.search.includes('at=')")


def test_the_map_follows_light_and_dark(seen: Seen) -> None:
    seen.open("/network")
    paper = "() => document.getElementById('map').network.look.paper"
    light = seen.page.evaluate(paper)
    seen.page.emulate_media(color_scheme="dark")
    seen.page.wait_for_function(f"light => ({paper})() !== light", arg=light)
    seen.page.emulate_media(color_scheme="light")
    seen.page.wait_for_function(f"light => ({paper})() === light", arg=light)
    assert seen.page.evaluate(paper) == light


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize(
    "address",
    [
        f"network?body={FARMING}",
        f"network?tie=210000/czt~{FARMING}",
        "overlap?order=kind",
        f"compare?a=210000/czt&b={FARMING}",
        "compare-years",
        "tie/all/210000.czt/210000.nw",
    ],
)
def test_nothing_keeps_people_from_using_a_page(
    drawing: Browser, served: Served, address: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = drawing.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN", bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(served.url + address)
    if address.startswith("network"):
        expect(page.locator("#panel h2")).to_be_visible()
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert violations(page) == [] and wide <= 0
    context.close()


LOOK = """() => {
  const map = document.getElementById("map").network;
  const { edgePrograms: { tie }, nodePrograms: { body } } = map.sigma;
  map.sigma.render();
  return { moving: map.moving, ties: tie.drawn, bodies: body.drawn, sent: tie.sent + body.sent };
}"""
MOVE = "() => document.getElementById('map').network.sigma.getCamera().setState({ x: 0.6, ratio: 0.8 })"
REST = "() => document.getElementById('map').network.rests()"


def crowd(bodies: int) -> dict[str, Any]:
    """A network in which each body is tied to each other one, a tie in ten above expectation."""
    pairs = [(one, other) for other in range(bodies) for one in range(other)]
    columns = ("tasks", "led", "supported", "strength")
    q = [0.01 if at % 10 == 0 else 0.5 for at in range(len(pairs))]
    return {
        "layer": "any",
        "directed": False,
        **dict.fromkeys(("year", "plan", "theme")),
        "ties_of_graph": True,
        "groups": [{"key": "g", "name": "g", "colour": "#0072b2", "marker": "o"}],
        "bodies": {
            "id": [f"1/{at}" for at in range(bodies)],
            "name": [f"机构{at}" for at in range(bodies)],
            "group": [0] * bodies,
            "x": [at % 9 for at in range(bodies)],
            "y": [at // 9 for at in range(bodies)],
            **{key: [1] * bodies for key in columns},
        },
        "ties": {
            "source": [one for one, _ in pairs],
            "target": [other for _, other in pairs],
            "shared": [1] * len(pairs),
            "expected": [1.0] * len(pairs),
            "p": q,
            "q": q,
        },
    }


@pytest.mark.parametrize(
    ("bodies", "at_rest", "on_the_move"),
    [
        (20, 190, 190),  # all of a small network is drawn at any time
        (70, 2415, 300),  # of many ties those of most weight
        (110, 600, 300),  # of very many those above expectation, one in ten
    ],
)
def test_a_map_that_moves_draws_less_and_sends_nothing(seen: Seen, bodies: int, at_rest: int, on_the_move: int) -> None:
    data = crowd(bodies)
    seen.page.route("**/network.json*", lambda route: route.fulfill(json=data))
    seen.open("/network")
    still = seen.page.evaluate(LOOK)
    assert (still["moving"], still["bodies"], still["ties"]) == (False, bodies, at_rest)
    moving = seen.page.evaluate(f"() => {{ ({MOVE})(); return ({LOOK})(); }}")
    assert moving == {**still, "moving": on_the_move < at_rest, "ties": on_the_move}
    rests = seen.page.evaluate(f"() => {{ ({REST})(); return ({LOOK})(); }}")
    assert rests == still
    chosen = seen.page.evaluate(
        f"() => {{ document.getElementById('map').network.select('1/0', null); return ({LOOK})(); }}"
    )
    assert chosen["ties"] == bodies - 1 and chosen["sent"] > still["sent"]


def test_without_a_script_the_form_and_the_table_do(drawing: Browser, served: Served) -> None:
    context = drawing.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{served.url}network")
    assert page.locator("#explorer").is_hidden()
    page.locator("select[name=layer]").select_option("lead-support")
    page.locator("select[name=year]").select_option("2016")
    page.get_by_role("button", name="显示").click()
    expect(page.locator("#ties-title")).to_contain_text("139")
    page.locator("#ties tbody tr td.num a").first.click()
    expect(page.locator("h1")).to_contain_text("→")
    context.close()
