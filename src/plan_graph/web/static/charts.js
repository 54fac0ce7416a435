// Simple charts of a table on the page: bars, or a line where the rows have an order such as years.

const SVG = "http://www.w3.org/2000/svg";
const MOST = 40; // rows that are drawn

function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function read(table) {
  const heads = [...table.tHead.rows[0].cells].map((cell) => ({
    name: cell.textContent.trim(),
    number: cell.classList.contains("num"),
  }));
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
  return { heads, rows };
}

/** What a row is called: its first column of text in which rows differ, else its first column. */
function naming(heads, rows) {
  const texts = heads.map((_, at) => at).filter((at) => !heads[at].number);
  return texts.find((at) => new Set(rows.map((row) => row[at])).size > 1) ?? texts[0] ?? 0;
}

function bars(names, values, width) {
  const [left, right, step] = [Math.min(200, width * 0.45), width - 70, 26];
  const letters = Math.floor(left / 14) - 1;
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const x = (value) => left + ((value - low) / (high - low || 1)) * (right - left);
  const height = names.length * step + 8;
  const svg = element("svg", { viewBox: `0 0 ${width} ${height}` });
  names.forEach((name, at) => {
    const y = at * step + 4;
    const short = name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
    const [from, to] = [Math.min(x(0), x(values[at])), Math.max(x(0), x(values[at]))];
    svg.append(
      element("text", { x: left - 8, y: y + 15, "text-anchor": "end" }, short),
      element("rect", { class: "bar", x: from, y: y + 3, width: Math.max(1, to - from), height: step - 8 }, element("title", {}, `${name}: ${values[at]}`)),
      element("text", { x: to + 6, y: y + 15 }, String(values[at])),
    );
  });
  return svg;
}

function line(names, values, width) {
  const [left, right, top, bottom] = [64, width - 20, 20, 260];
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const x = (at) => left + (at / Math.max(1, names.length - 1)) * (right - left - 20) + 10;
  const y = (value) => bottom - ((value - low) / (high - low || 1)) * (bottom - top);
  const svg = element("svg", { viewBox: `0 0 ${width} 300` });
  for (const value of new Set([low, high])) {
    svg.append(
      element("line", { class: "axis", x1: left, x2: right, y1: y(value), y2: y(value) }),
      element("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, String(value)),
    );
  }
  svg.append(element("path", { class: "line", d: values.map((value, at) => `${at ? "L" : "M"}${x(at)} ${y(value)}`).join("") }));
  const every = Math.ceil(names.length / (width / 90));
  names.forEach((name, at) => {
    svg.append(element("circle", { class: "dot", cx: x(at), cy: y(values[at]), r: 3.5 }, element("title", {}, `${name}: ${values[at]}`)));
    if (at % every === 0) svg.append(element("text", { x: x(at), y: 285, "text-anchor": "middle" }, name.length > 8 ? `${name.slice(0, 7)}…` : name));
  });
  return svg;
}

/** Offer charts of the table in a section, if it has a column of numbers. */
export function charts(section, say) {
  const table = section.querySelector("table");
  if (!table) return;
  const { heads, rows } = read(table);
  const numbers = heads.map((_, at) => at).filter((at) => heads[at].number);
  if (!numbers.length || rows.length < 2) return;
  const label = naming(heads, rows);
  const box = table.closest(".table-box");
  const place = document.createElement("figure");
  place.className = "chart";
  place.hidden = true;
  const views = document.createElement("div");
  views.className = "views";
  views.setAttribute("role", "group");
  views.setAttribute("aria-label", say("显示方式", "Show as"));
  const column = document.createElement("select");
  for (const at of numbers) column.add(new Option(heads[at].name, at));
  const buttons = [
    ["table", say("表格", "Table")],
    ["bars", say("柱状图", "Bars")],
    ["line", say("折线图", "Line")],
  ].map(([kind, words]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.dataset.kind = kind;
    button.addEventListener("click", () => show(kind));
    return button;
  });
  const labelled = document.createElement("label");
  labelled.append(say("数值", "Values"), column);
  views.append(...buttons, labelled);
  box.before(views, place);
  column.addEventListener("change", () => show(views.dataset.kind));

  function show(kind) {
    views.dataset.kind = kind;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    labelled.hidden = kind === "table" || numbers.length < 2;
    place.hidden = kind === "table";
    box.hidden = kind !== "table";
    if (kind === "table") return;
    const at = Number(column.value);
    const drawn = rows.filter((row) => row[at] !== "").slice(0, MOST);
    const names = drawn.map((row) => row[label]);
    const values = drawn.map((row) => Number(row[at]));
    const svg = (kind === "bars" ? bars : line)(names, values, Math.max(300, Math.min(896, section.clientWidth)));
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `${heads[at].name}: ${names.map((name, i) => `${name} ${values[i]}`).join(", ")}`);
    const caption = document.createElement("figcaption");
    caption.className = "soft";
    caption.textContent = rows.length > MOST ? say(`${heads[at].name}，前 ${MOST} 行`, `${heads[at].name}, the first ${MOST} rows`) : heads[at].name;
    place.replaceChildren(caption, svg);
  }
  show("table");
}
