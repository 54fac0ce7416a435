// The SPARQL page with JavaScript: an editor in place of the text field, answers without leaving the page, charts.
// Without it the same form and the same answers work; what is shown here is what the server writes there.

import * as cm from "./vendor/codemirror.js";
import { charts } from "./charts.js";
import { completion } from "./completion.js";

const english = document.documentElement.lang === "en";
const say = (zh, en) => (english ? en : zh);
const form = document.getElementById("ask");
const field = document.getElementById("query");
const button = form.querySelector("button");
const LONGEST_ADDRESS = 6000;

const language = cm.SparqlLanguage.configure({
  props: [cm.styleTags({ "Pname_ln Pname_ns": cm.tags.propertyName, A_predicate: cm.tags.keyword, IriRef: cm.tags.url })],
});
const colours = cm.HighlightStyle.define([
  { tag: cm.tags.keyword, color: "var(--support)", fontWeight: "600" },
  { tag: [cm.tags.variableName, cm.tags.special(cm.tags.variableName)], color: "var(--responsible)" },
  { tag: [cm.tags.string, cm.tags.number, cm.tags.bool], color: "var(--target)" },
  { tag: [cm.tags.namespace, cm.tags.propertyName, cm.tags.typeName, cm.tags.atom], color: "var(--guide)" },
  { tag: cm.tags.url, color: "var(--citation)" },
  { tag: cm.tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);
const look = cm.EditorView.theme({
  "&": { fontSize: "0.875rem", color: "var(--ink)", backgroundColor: "transparent", borderRadius: "5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", minHeight: "calc(16 * 1.6 * 0.875rem + 0.5rem)", maxHeight: "34rem" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--soft)", border: "none" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--sunk) 60%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--support-ground)",
  },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--edge)" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "2px 8px !important" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--soft)", marginLeft: "1em" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionIcon": { display: "none" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--lead)", textUnderlineOffset: "3px" },
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--lead)" },
  ".cm-diagnostic": { color: "var(--ink)", borderLeftColor: "var(--lead)" },
});

// In a shadow root the editor's styles are adopted style sheets, which the policy of the page allows.
const host = document.createElement("div");
host.id = "editor";
const root = host.attachShadow({ mode: "open" });
field.after(host);
field.hidden = true;
field.required = false;
const label = form.querySelector("label");
const view = new cm.EditorView({
  root,
  parent: root,
  state: cm.EditorState.create({
    doc: field.value,
    extensions: [
      cm.lineNumbers(),
      cm.history(),
      cm.drawSelection(),
      cm.bracketMatching(),
      cm.closeBrackets(),
      cm.highlightActiveLine(),
      cm.indentUnit.of("  "),
      new cm.LanguageSupport(language),
      cm.syntaxHighlighting(colours),
      cm.autocompletion({ override: [completion(english)], icons: false, maxRenderedOptions: 200 }),
      cm.keymap.of([
        { key: "Mod-Enter", run: () => (form.requestSubmit(), true) },
        ...cm.closeBracketsKeymap,
        ...cm.completionKeymap,
        ...cm.defaultKeymap,
        ...cm.historyKeymap,
      ]),
      cm.EditorView.lineWrapping,
      cm.EditorView.contentAttributes.of({ "aria-label": label.textContent, spellcheck: "false" }),
      look,
    ],
  }),
});
label.addEventListener("click", () => view.focus());

/** Mark where the query could not be read, as the answer says. */
function mark(section) {
  const place = section.querySelector("[data-line]");
  const diagnostics = [];
  if (place) {
    const line = view.state.doc.line(Math.min(Number(place.dataset.line), view.state.doc.lines));
    const from = Math.min(line.from + Number(place.dataset.column) - 1, line.to);
    const to = Math.max(from, Math.min(from + 1, line.to));
    diagnostics.push({ from, to, severity: "error", message: place.querySelector("p").textContent });
    view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    view.focus();
  }
  view.dispatch(cm.setDiagnostics(view.state, diagnostics));
}

function show(section) {
  const old = document.getElementById("result");
  old.replaceChildren(...section.childNodes);
  mark(old);
  charts(old, say);
}

let asking = null;

async function run(remember) {
  asking?.abort();
  const control = (asking = new AbortController());
  const query = view.state.doc.toString();
  const parameters = new URLSearchParams({ query });
  const address = `${form.getAttribute("action")}?${parameters}`;
  const long = address.length > LONGEST_ADDRESS;
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(long ? form.getAttribute("action") : address, {
      method: long ? "POST" : "GET",
      body: long ? parameters : undefined,
      headers: { Accept: "text/html" },
      signal: control.signal,
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const section = page.getElementById("result") ?? problem(page);
    show(section);
    if (remember && !long) history.pushState({ query }, "", address);
  } catch (error) {
    if (error.name === "AbortError") return;
    const section = document.createElement("section");
    section.append(note(say("无法连接服务，请检查网络后再试。", "The service cannot be reached; check the network and ask again.")));
    show(section);
  } finally {
    if (asking === control) button.removeAttribute("aria-busy");
  }
}

/** What a page of an error says, as the result of a query. */
function problem(page) {
  const section = document.createElement("section");
  section.append(note(page.querySelector("main .lede, main p")?.textContent ?? page.title));
  return section;
}

function note(text) {
  const box = document.createElement("div");
  box.className = "note error";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = text;
  box.append(words);
  return box;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run(true);
});
addEventListener("popstate", (event) => {
  const query = event.state?.query ?? field.value;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: query } });
  if (event.state) run(false);
  else document.getElementById("result").replaceChildren();
});
const begin = document.getElementById("result");
mark(begin);
charts(begin, say);
