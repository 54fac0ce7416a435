// Completion from the data's own vocabulary: prefixes, classes, properties, graphs and concepts that the graph uses,
// found by their short form or by their Chinese or English name.

const KEYWORDS =
  "SELECT CONSTRUCT DESCRIBE ASK WHERE DISTINCT FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND VALUES EXISTS NOT AS LIMIT OFFSET ORDER GROUP BY HAVING ASC DESC PREFIX BASE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR LANG STR DATATYPE BOUND REGEX CONTAINS STRSTARTS STRENDS STRLEN SUBSTR REPLACE CONCAT IF COALESCE UNDEF YEAR".split(
    " ",
  );
let vocabulary = null;

async function load() {
  vocabulary ??= fetch("/sparql/vocabulary.json").then((answer) => answer.json());
  return vocabulary;
}

/** Insert a short form, and declare its prefix at the head of the query if it is not declared. */
function insert(namespaces) {
  return (view, option, from, to) => {
    const name = option.label;
    const prefix = name.slice(0, name.indexOf(":"));
    const changes = [{ from, to, insert: name }];
    const declared = new RegExp(`^\\s*PREFIX\\s+${prefix}:`, "im").test(view.state.doc.toString());
    let shift = 0;
    if (!declared && prefix in namespaces) {
      const line = `PREFIX ${prefix}: <${namespaces[prefix]}>\n`;
      changes.unshift({ from: 0, insert: line });
      shift = line.length;
    }
    view.dispatch({ changes, selection: { anchor: from + name.length + shift }, userEvent: "input.complete" });
  };
}

/** Make the source of completions; names are shown in English or in Chinese. */
export function completion(english) {
  return async (context) => {
    const inIri = context.matchBefore(/<[^<>\s]*/);
    const variable = context.matchBefore(/[?$]\w*/);
    const word = context.matchBefore(/[\p{L}\p{N}_-]+(?::[\p{L}\p{N}_.-]*)?/u);
    if (!inIri && !variable && !word && !context.explicit) return null;
    const { prefixes, terms } = await load();
    if (context.aborted) return null;
    const name = (term) => (english ? term.en || term.zh : term.zh || term.en) ?? "";
    if (inIri) {
      const options = terms
        .filter((term) => term.kind === "graph")
        .map((term) => ({ label: `<${term.iri}>`, detail: name(term), type: "constant" }));
      return { from: inIri.from, options, validFor: /^<[^<>\s]*$/ };
    }
    if (variable) {
      const found = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
      found.delete(variable.text);
      return { from: variable.from, options: [...found].map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
    }
    const before = context.state.doc.sliceString(Math.max(0, (word?.from ?? context.pos) - 40), word?.from ?? context.pos);
    const typed = (word?.text ?? "").toLowerCase();
    const wanted = /(?:\ba|rdf:type)\s+$/.test(before) ? "class" : /\bGRAPH\s+$/i.test(before) ? "graph" : null;
    const apply = insert(prefixes);
    const texts = (term) => [term.short, term.short?.slice(term.short.indexOf(":") + 1), term.zh, term.en];
    // what is called exactly so comes first, then what begins so, then what is used most
    const rank = (term) => {
      const matching = texts(term).map((text) => text?.toLowerCase());
      const likeness = matching.includes(typed) ? 200 : matching.some((text) => text?.startsWith(typed)) ? 100 : 0;
      return likeness + Math.log2(1 + (term.count ?? 0));
    };
    const options = terms
      .filter((term) => !wanted || term.kind === wanted)
      .filter((term) => texts(term).some((text) => text?.toLowerCase().includes(typed)))
      .sort((one, other) => rank(other) - rank(one))
      .map((term) => ({
        label: term.short || `<${term.iri}>`,
        detail: `${name(term)}${term.count ? ` · ${term.count}` : ""}`,
        type: term.kind,
        apply: term.short ? apply : undefined,
      }));
    if (!wanted && typed && !typed.includes(":")) {
      const keywords = KEYWORDS.filter((keyword) => keyword.toLowerCase().startsWith(typed));
      options.unshift(...keywords.map((label) => ({ label, type: "keyword" })));
    }
    return { from: word?.from ?? context.pos, options, filter: false };
  };
}
