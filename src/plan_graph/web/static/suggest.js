// Completes names in the search boxes: a combobox with a list (WAI-ARIA), by keyboard or pointer.
// Without this script the box is a plain form.

const WAIT = 120; // milliseconds after the last key
const english = document.documentElement.lang === "en";

for (const [at, input] of document.querySelectorAll("form.search input[name=q]").entries()) enhance(input, at);

function enhance(input, at) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${at}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", english ? "Suggestions" : "建议");
  const said = document.createElement("span");
  said.className = "hidden";
  said.setAttribute("role", "status");
  input.form.append(list, said);
  input.type = "text"; // the role combobox is not one of a search field
  for (const [name, value] of Object.entries({
    role: "combobox", inputmode: "search", autocomplete: "off", "aria-autocomplete": "list",
    "aria-controls": list.id, "aria-expanded": "false",
  })) input.setAttribute(name, value);

  let chosen = -1;
  let timer;
  let asking = new AbortController();

  const options = () => [...list.children];

  function choose(next) {
    const all = options();
    chosen = next < all.length ? next : -1; // after the last comes what was typed
    all.forEach((one, n) => one.setAttribute("aria-selected", String(n === chosen)));
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    clearTimeout(timer);
    asking.abort();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function open() {
    if (!list.children.length || document.activeElement !== input) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function show([, names, kinds, addresses]) {
    list.replaceChildren(...names.map((name, n) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${n}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.path = new URL(addresses[n], location.href).pathname;
      const label = document.createElement("span");
      label.textContent = name;
      const kind = document.createElement("small");
      kind.textContent = kinds[n];
      option.append(label, kind);
      return option;
    }));
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    said.textContent = english ? `${names.length} suggestions` : `${names.length} 条建议`;
    if (names.length) open();
    else close();
  }

  async function ask() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const typed = input.value.trim();
    if (!typed) return close();
    try {
      const answer = await fetch(`/suggest?q=${encodeURIComponent(typed)}`, { signal });
      const found = answer.ok ? await answer.json() : null;
      if (found && !signal.aborted) show(found);
    } catch {
      // gone, or asked anew: the box works without suggestions
    }
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", ask);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const shown = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!shown) open();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? options().length - 1 : chosen - 1);
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && shown && chosen >= 0) {
      event.preventDefault();
      location.assign(options()[chosen].dataset.path);
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.path);
  });
}
