// What is said beside the map of the body or the tie that is selected.

// An element with attributes and children; text is never read as markup.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((one) => one !== null));
  return made;
}

const number = (value) => (value === null || value === undefined ? "–" : value.toFixed(1));
const chance = (value) => (value < 0.001 ? "<0.001" : value.toFixed(3));

function times(own, words) {
  const untested = own.expected === null;
  return untested ? `${own.shared}` : `${own.shared}（${words.expected} ${number(own.expected)}，q ${chance(own.q)}）`;
}

function fill(panel, ...children) {
  panel.replaceChildren(...children.filter((one) => one !== null));
}

export function showNothing(panel, map, words) {
  const counts = map.counts();
  const said = words.shown.replace("{bodies}", counts.bodies).replace("{ties}", counts.ties);
  const crowd = map.crowded ? element("p", { class: "soft" }, words.crowd) : null;
  fill(panel, element("p", { class: "soft" }, said), crowd, element("p", {}, words.hint));
}

export function showBody(panel, map, words, body, choose) {
  const own = map.graph.getNodeAttributes(body);
  const ties = map.ties(body);
  const list = element("ol", { class: "partners" });
  for (const [tie, other, one] of ties) {
    const name = map.graph.getNodeAttribute(other, "label");
    const says = element("button", { type: "button", click: () => choose(null, tie) }, name);
    list.append(element("li", { class: one.q < 0.05 ? "strong" : null }, says, ` ${times(one, words)}`));
  }
  fill(
    panel,
    element("button", { type: "button", class: "close", click: () => choose(null, null) }, words.close),
    element("h2", {}, own.label),
    element("p", {}, `${words.tasks} ${own.tasks} · ${words.led} ${own.led} · ${words.supported} ${own.supported}`),
    element("p", {}, element("a", { href: `/body/${body}` }, words.dossier)),
    element("h3", {}, `${words.partners} ${ties.length}`),
    ties.length ? list : element("p", { class: "soft" }, words.none),
  );
}

function showTask(task, names, words) {
  const roles = task.roles.map((own, at) => `${names[at]} ${own.map((role) => words[role]).join("、")}`).join("；");
  return element(
    "li",
    {},
    element("a", { href: task.page }, task.id),
    ` ${roles}`,
    element("p", { class: "task" }, task.text.length > 120 ? `${task.text.slice(0, 120)}…` : task.text),
    ...task.clauses.map((one) => element("q", { class: "mark clause" }, one.words)),
  );
}

// The tie, then the tasks behind it as soon as they have come; ``fits`` tells which of them the map counts.
export async function showTie(panel, map, words, tie, { address, page, fits, choose }) {
  const ends = map.graph.extremities(tie);
  const names = ends.map((one) => map.graph.getNodeAttribute(one, "label"));
  const own = map.graph.getEdgeAttributes(tie);
  const buttons = ends.map((one, at) => element("button", { type: "button", click: () => choose(one, null) }, names[at]));
  const tasks = element("div", {}, element("p", { class: "soft" }, words.loading));
  fill(
    panel,
    element("button", { type: "button", class: "close", click: () => choose(null, null) }, words.close),
    element("h2", {}, buttons[0], map.graph.type === "directed" ? " → " : " – ", buttons[1]),
    element("p", {}, `${words.shared} ${times(own, words)}`),
    element("p", {}, element("a", { href: page }, words.details)),
    tasks,
  );
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const found = await answer.json();
    const list = found.tasks.filter(fits).map((task) => showTask(task, names, words));
    tasks.replaceChildren(element("ol", { class: "tasks" }, ...list));
  } catch {
    tasks.replaceChildren(element("p", { role: "alert" }, words.failed));
  }
}
