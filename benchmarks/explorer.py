"""The network explorer with thousands of bodies: frames a second in Chromium without a graphics card.

    python benchmarks/explorer.py [--graph build] [--bodies 3000] [--ties 15000] [--seconds 4] [--json FILE]

The service is started over a graph; in the place of what /network.json says, the browser is given a network drawn at
random (seed 0; as many ties a body as in plans: few have most). While the map is dragged to and fro, then zoomed in and
out, then while the pointer goes over it, the times between frames are taken, as the browser itself counts them, and the
processor time that all processes of the browser took, a frame: other work on the machine changes that little. WebGL is
drawn by SwiftShader, on the processor. ``script_ms_a_frame`` is what the page's own script takes of a frame, the
median: with a graphics card, which draws beside it, that is what bounds the frames. Only this machine is asked.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SOFTWARE = ("--headless", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
WIDE, HIGH = 1280, 900
COUNT = """() => {
  window.frames_ = [];
  let last = performance.now();
  const next = (now) => {
    window.frames_.push(now - last);
    last = now;
    window.counting_ = requestAnimationFrame(next);
  };
  window.counting_ = requestAnimationFrame(next);
}"""
# what all that is called for a frame takes together
TIMED = """
  const ask = window.requestAnimationFrame.bind(window);
  let frame = 0;
  window.script_ = [];
  window.requestAnimationFrame = (call) => ask((now) => {
    const begun = performance.now();
    call(now);
    const taken = performance.now() - begun;
    if (now === frame) window.script_[window.script_.length - 1] += taken;
    else window.script_.push(taken);
    frame = now;
  });
"""
COUNTED = "() => { cancelAnimationFrame(window.counting_); return window.frames_.slice(1); }"


def drawn(bodies: int, ties: int) -> dict[str, object]:
    """Draw a network, in the form of /network.json."""
    random = np.random.default_rng(0)
    weight = 1 / np.arange(1, bodies + 1) ** 0.7
    pairs = random.choice(bodies, size=(3 * ties, 2), p=weight / weight.sum())
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    pairs = random.permutation(pairs)[:ties]
    q = random.random(len(pairs)).round(3)
    names = ("发展改革委", "财政厅", "农业农村局", "交通运输局", "人民政府", "生态环境局")
    groups = [{"key": f"g{at}", "name": f"g{at}", "colour": colour, "marker": "o"} for at, colour in enumerate(COLOURS)]
    numbers = range(bodies)
    return {
        "layer": "any",
        "directed": False,
        "year": None,
        "plan": None,
        "theme": None,
        "ties_of_graph": True,
        "groups": groups,
        "bodies": {
            "id": [f"1/{at}" for at in numbers],
            "name": [f"某市{names[at % len(names)]}{at}" for at in numbers],
            "group": [at % len(groups) for at in numbers],
            "x": (random.random(bodies) * 1500).round(1).tolist(),
            "y": (random.random(bodies) * 1000).round(1).tolist(),
            "tasks": np.maximum(1, 200 * weight).astype(int).tolist(),
            **{key: [1] * bodies for key in ("led", "supported", "strength")},
        },
        "ties": {
            "source": pairs[:, 0].tolist(),
            "target": pairs[:, 1].tolist(),
            "shared": random.integers(1, 9, len(pairs)).tolist(),
            "expected": [1.0] * len(pairs),
            "p": q.tolist(),
            "q": q.tolist(),
        },
    }


COLOURS = ("#0072b2", "#e69f00", "#009e73", "#d55e00")


def processor_ms() -> float:
    """Give the processor time that the processes of browsers below this one have used."""
    stats = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                name, _, rest = (entry / "stat").read_text().rpartition(")")
                stats.append((int(entry.name), name, rest.split()))
    mine = {os.getpid()}
    while more := {pid for pid, _, rest in stats if int(rest[1]) in mine} - mine:
        mine |= more
    ticks = sum(int(rest[11]) + int(rest[12]) for pid, name, rest in stats if pid in mine and "chrom" in name)
    return 1000 * ticks / os.sysconf("SC_CLK_TCK")


def drag(page: Page, seconds: float) -> None:
    """Drag the map to and fro."""
    page.mouse.move(WIDE / 3, HIGH / 2)
    page.mouse.down()
    _during(page, seconds, lambda at: page.mouse.move(WIDE / 3 + 150 * np.sin(at / 5), HIGH / 2 + 100 * np.cos(at / 7)))
    page.mouse.up()


def zoom(page: Page, seconds: float) -> None:
    """Zoom in and out."""
    page.mouse.move(WIDE / 3, HIGH / 2)
    _during(page, seconds, lambda at: page.mouse.wheel(0, -120 if at // 8 % 2 == 0 else 120))


def point(page: Page, seconds: float) -> None:
    """Let the pointer go over the map."""
    _during(
        page, seconds, lambda at: page.mouse.move(WIDE / 3 + 250 * np.sin(at / 9), HIGH / 2 + 200 * np.cos(at / 11))
    )


def _during(page: Page, seconds: float, step: object) -> None:
    until = page.evaluate("performance.now()") + 1000 * seconds
    at = 0
    while page.evaluate("performance.now()") < until:
        step(at)  # type: ignore[operator]
        page.wait_for_timeout(15)
        at += 1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, default=ROOT / "build")
    parser.add_argument("--bodies", type=int, default=3000)
    parser.add_argument("--ties", type=int, default=15_000)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--css", default="", help="a rule to try on the page")
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    content = json.dumps(drawn(told.bodies, told.ties))
    command = [sys.executable, "-m", "plan_graph", "--lang", "en", "serve", "--port", "0", "--graph", str(told.graph)]
    found: dict[str, dict[str, float]] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as service:
        assert service.stdout is not None
        address = re.search(r"http://\S+/", service.stdout.readline())
        assert address is not None
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SOFTWARE))
            page = browser.new_page(viewport={"width": WIDE, "height": HIGH}, base_url=address[0], bypass_csp=True)
            page.add_init_script(TIMED)
            page.route("**/network.json*", lambda route: route.fulfill(body=content, content_type="application/json"))
            page.goto("/network")
            page.wait_for_selector("#map .sigma-nodes")
            page.evaluate("document.getElementById('map').scrollIntoView({block: 'center'})")
            if told.css:
                page.add_style_tag(content=told.css)
            page.wait_for_timeout(2000)
            for name, move in (("dragged", drag), ("zoomed", zoom), ("pointed at", point)):
                used = processor_ms()
                page.evaluate(COUNT)
                page.evaluate("window.script_ = []")
                move(page, told.seconds)
                taken = page.evaluate(COUNTED)
                used = processor_ms() - used
                script = page.evaluate("window.script_")
                ranked = sorted(taken)
                found[name] = {
                    "frames_a_second": round(1000 * len(taken) / sum(taken), 1),
                    "cpu_ms_a_frame": round(used / len(taken), 1),
                    "script_ms_a_frame": round(statistics.median(script), 1),
                    "median_ms": round(statistics.median(taken), 1),
                    "p95_ms": round(ranked[int(0.95 * len(ranked))], 1),
                }
                page.wait_for_timeout(500)
            browser.close()
        service.terminate()
    print(f"{told.bodies:,} bodies, {told.ties:,} ties, drawn by the processor ({os.cpu_count()} of them)")
    for name, figures in found.items():
        print(f"  {name:10} " + "  ".join(f"{key} {value}" for key, value in figures.items()))
    if told.json:
        told.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
