// The search of a published site: no server, an index beside the page (plan_graph/publish/search.py says what is in it).
"use strict";
(() => {
  const PAGE = 20, WINDOW = 140, BEFORE = 30, LONGEST = 12, K1 = 1.2, B = 0.75;
  const index = globalThis.planGraph;
  const place = document.getElementById("found");
  if (!index || !place) return;
  const english = document.documentElement.lang.startsWith("en");
  const t = (zh, en) => (english ? en : zh);
  const asked = new URLSearchParams(location.search);

  // --- reading the index ---
  const same = new Map();  // what a character is read as, each found once
  const pairs = [...index.same];
  for (let at = 0; at < pairs.length; at += 2) same.set(pairs[at], pairs[at + 1]);
  const readAs = (character) => {
    const plain = character.normalize("NFKC").toLowerCase();
    same.set(character, plain.length === character.length ? plain : character);
    return same.get(character);
  };
  const fold = (text) => {
    let made = "";
    for (const character of text) made += same.get(character) ?? readAs(character);
    return made;
  };
  const words = new Map();
  const steps = index.holding.split(";");
  index.words.split(" ").forEach((word, at) => words.set(word, steps[at]));
  const holding = (word) => {
    let before = -1;
    return new Set((words.get(word) ?? "").split(",").filter(Boolean).map((step) => (before += Number(step) + 1)));
  };
  const entries = index.entries.map(([kind, path, name, ...texts], at) => ({
    at, path, name,
    kind: index.kinds[kind],
    texts: texts.map((one) => {
      const blank = one.indexOf(" ");
      return { field: index.fields[Number(one.slice(0, blank))], text: one.slice(blank + 1) };
    }),
  }));
  const kept = [];
  const folded = (at) => (kept[at] ??= entries[at].texts.map((one) => fold(one.text)).join("\n"));
  const mean = index.lengths.reduce((sum, one) => sum + one, 0) / Math.max(1, entries.length);

  // --- reading a question: phrases between quotation marks; else the longest words of the index ---
  const isHan = (character) => /[\u3400-\u4dbf\u4e00-\u9fff]/.test(character);
  const says = (text) => /[\p{L}\p{N}]/u.test(text);
  const cut = (part) => {
    const made = [];
    for (let at = 0; at < part.length; ) {
      const latin = /^[0-9a-z]+/.exec(part.slice(at));
      let word = latin ? latin[0] : part[at];
      if (!latin && isHan(part[at]))
        for (let end = Math.min(part.length, at + LONGEST); end > at + 1; end--)
          if (words.has(part.slice(at, end))) { word = part.slice(at, end); break; }
      made.push(word);
      at += word.length;
    }
    return made;
  };
  // A character that the index joins to no other is left out if it is a stop word, but for one beside another such:
  // the two may be a word that no text here has. With ``every`` it is left out there as well.
  const read = (text, every = false) => {
    const wanted = { words: new Set(), phrases: new Set(), parts: new Set() };
    for (const found of fold(text).matchAll(/"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』|([^\s"“”「」『』]+)/g)) {
      const phrase = found.slice(1, 5).find((one) => one !== undefined);
      if (phrase !== undefined) { if (says(phrase)) wanted.phrases.add(phrase.trim()); continue; }
      if (!says(found[5])) continue;
      wanted.parts.add(found[5]);
      const pieces = cut(found[5]);
      const alone = pieces.filter(says).length === 1;
      const joined = [];
      let loose = "", beside = false;
      const isSingle = (word) => word !== undefined && word.length === 1 && isHan(word);
      for (const [at, word] of [...pieces, " "].entries()) {
        const single = isSingle(word);
        const within = !every && (isSingle(pieces[at - 1]) || isSingle(pieces[at + 1]));
        if (!says(word) || (single && index.stop.includes(word) && !alone && !within)) {
          if (loose && beside) joined[joined.length - 1] = [joined[joined.length - 1][0] + loose, false];
          else if (loose) joined.push([loose, false]);
          loose = ""; beside = false;
        } else if (single) loose += word;
        else { joined.push([loose + word, !loose]); loose = ""; beside = true; }
      }
      for (const [piece, whole] of joined) wanted[whole && words.has(piece) ? "words" : "phrases"].add(piece);
    }
    return wanted;
  };
  const count = (text, word) => {
    let made = 0;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) made++;
    return made;
  };
  const having = (term, isWord) =>
    isWord ? holding(term) : new Set(entries.filter((one) => folded(one.at).includes(term)).map((one) => one.at));

  function search(wanted) {
    const needed = [...[...wanted.words].map((one) => [one, having(one, true)]),
      ...[...wanted.phrases].map((one) => [one, having(one, false)])];
    if (!needed.length) return [];
    const ranking = [...needed, ...[...wanted.parts].filter((one) => !wanted.words.has(one) && !wanted.phrases.has(one))
      .map((one) => [one, having(one, false)])];
    const found = entries.filter((one) => needed.every(([, where]) => where.has(one.at)));
    const score = (one) => ranking.reduce((sum, [term, where]) => {
      const often = where.has(one.at) ? Math.max(1, count(folded(one.at), term)) : 0;
      const rarity = Math.log(1 + (entries.length - where.size + 0.5) / (where.size + 0.5));
      return sum + (rarity * often * (K1 + 1)) / (often + K1 * (1 - B + (B * index.lengths[one.at]) / (mean || 1)));
    }, 0);
    const exact = [...wanted.parts, ...wanted.phrases].join(" ");
    const named = (one) => (one.texts.some(({ field, text }) => field[0] !== "text" && fold(text) === exact) ? 1 : 0);
    return found.map((one) => ({ one, named: named(one), score: score(one) }))
      .sort((a, b) => b.named - a.named || b.score - a.score || a.one.at - b.one.at).map(({ one }) => one);
  }

  // --- choosing tasks: several values of a filter mean any of them, but bodies and what a task has mean all ---
  const numbers = new Map(index.keys.map(([name, key], at) => [`${name} ${key}`, at]));
  const keysOf = (name, value) => {
    const own = numbers.get(`${name} ${value}`);
    if (own !== undefined) return [own];
    return index.keys.flatMap(([filter, , zh, en], at) => (filter === name && (zh === value || en === value) ? [at] : []));
  };
  const chosen = Object.keys(index.filters).filter((name) => name !== "q" && name !== "role")
    .map((name) => ({ name, values: asked.getAll(name).filter(Boolean) })).filter(({ values }) => values.length);
  const roles = asked.getAll("role").filter((one) => one in index.roles);
  const ofBodies = chosen.some(({ name }) => name === "body" || name === "collective");
  const fits = (entry) => {
    const task = index.tasks[entry.at];
    if (!task) return false;
    const [keys, parties] = task;
    const inRole = (key) => !roles.length || (parties[key] ?? "").split(" ").some((one) => roles.includes(one));
    const has = (name, value) => keysOf(name, value)
      .some((key) => keys.includes(key) && (!["body", "collective"].includes(name) || inRole(key)));
    return chosen.every(({ name, values }) => ["body", "collective", "has"].includes(name)
      ? values.every((value) => has(name, value)) : values.some((value) => has(name, value)))
      && (ofBodies || !roles.length || Object.keys(parties).some(inRole));
  };

  // --- showing ---
  const make = (name, attributes, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const address = (changed) => {
    const made = new URLSearchParams(asked);
    for (const [name, value] of Object.entries(changed)) { made.delete(name); for (const one of [value].flat()) if (one) made.append(name, one); }
    return `?${made}`;
  };
  const places = (text, wanted) => {
    const low = fold(text), found = [];
    for (const term of [...wanted.words, ...wanted.phrases])
      for (let at = low.indexOf(term); at >= 0; at = low.indexOf(term, at + term.length)) found.push([at, at + term.length]);
    return found.sort((a, b) => a[0] - b[0]).reduce((made, [begin, end]) => {
      const last = made[made.length - 1];
      if (last && begin <= last[1]) last[1] = Math.max(last[1], end);
      else made.push([begin, end]);
      return made;
    }, []);
  };
  const marked = (text, found) => {
    const made = [];
    let at = 0;
    for (const [begin, end] of found) {
      made.push(text.slice(at, begin), make("mark", {}, text.slice(begin, end)));
      at = end;
    }
    return [...made, text.slice(at)];
  };
  const passage = (text, wanted) => {
    const found = places(text, wanted);
    const begin = found.length ? Math.max(0, Math.min(found[0][0] - BEFORE, text.length - WINDOW)) : 0;
    const end = begin + WINDOW;
    const inside = found.filter(([b, e]) => b >= begin && e <= end).map(([b, e]) => [b - begin, e - begin]);
    return [begin ? "…" : "", ...marked(text.slice(begin, end), inside), end < text.length ? "…" : ""];
  };
  const hit = (entry, wanted) => {
    const made = make("li", {}, make("h2", {},
      make("a", { href: `${entry.path}.html` }, ...marked(entry.name, places(entry.name, wanted))),
      " ", make("span", { class: "chip" }, t(entry.kind[1], entry.kind[2]))));
    const told = entry.texts.filter(({ field, text }) => text !== entry.name && places(text, wanted).length);
    const own = told.length ? told.slice(0, 3) : entry.texts.filter(({ field }) => field[0] === "text").slice(0, 1);
    for (const { field, text } of own)
      made.append(make("p", { lang: "zh-Hans" },
        ...(field[0] === "text" ? [] : [make("span", { class: "soft" }, t(field[1], field[2])), " "]), ...passage(text, wanted)));
    return made;
  };

  const q = (asked.get("q") ?? "").trim().slice(0, 1000);
  const box = document.querySelector('main input[name="q"]');
  box.value = q;
  const nothing = { words: new Set(), phrases: new Set(), parts: new Set() };
  let wanted = q ? read(q) : nothing;
  let found = q ? search(wanted) : entries;
  let note = null;
  if (q && !found.length) {
    wanted = read(q, true);
    found = search(wanted);
  }
  if (q && !found.length) {  // as the letters stand
    wanted = { ...nothing, phrases: new Set(fold(q).split(/\s+/).map((one) => one.replace(/["“”「」『』]/g, "")).filter(says)) };
    found = search(wanted);
    note = t("按词没有结果；以下资源的文字中原样含有所查的字符。", "No text has these words; those below hold the letters as they stand.");
  }
  const narrowed = chosen.length || roles.length;
  if (narrowed) found = found.filter(fits);
  if (!q && !narrowed) return;
  document.getElementById("how")?.remove();
  for (const { name, values } of chosen)
    for (const value of values) box.after(make("input", { type: "hidden", name, value }));
  for (const value of roles) box.after(make("input", { type: "hidden", name: "role", value }));

  if (narrowed) {
    const chips = make("ul", { class: "chips", "aria-label": t("已选条件", "Filters set") });
    const chip = (name, value, words, rest) => chips.append(make("li", {}, make("a", { class: "chip", href: address({ [name]: rest, kind: null }) },
      make("span", { class: "soft" }, t(...index.filters[name])), ` ${words} `, make("span", { "aria-hidden": "true" }, "×"),
      make("span", { class: "hidden" }, t("去掉", "remove")))));
    for (const { name, values } of chosen)
      for (const value of values) {
        const [key] = keysOf(name, value);
        const words = key === undefined ? value : t(index.keys[key][2], index.keys[key][3]);
        chip(name, value, words, values.filter((one) => one !== value));
      }
    for (const role of roles) chip("role", role, t(...index.roles[role]), roles.filter((one) => one !== role));
    place.append(chips);
  }
  const kind = asked.get("kind") ?? "";
  const counts = new Map();
  for (const one of found) counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1);
  if (counts.size > 1) {
    const chips = make("ul", { class: "chips" });
    const chip = (value, words, number) => chips.append(make("li", {}, make("a", { class: "chip", href: address({ kind: value }),
      "aria-current": kind === value ? "true" : null }, `${words} `, make("span", { class: "soft" }, String(number)))));
    chip("", t("全部", "All"), found.length);
    for (const [one, number] of counts) chip(one[0], t(one[1], one[2]), number);
    place.append(make("nav", { "aria-label": t("按类型筛选", "Filter by kind") }, chips));
  }
  if (kind) found = found.filter((one) => one.kind[0] === kind);
  if (!found.length) {
    place.append(make("div", { class: "empty" }, make("p", {}, q
      ? t(`没有找到“${q}”。`, `Nothing holds “${q}”.`) : t("没有符合全部条件的任务。", "No task fits all filters."))));
    return;
  }
  if (note) place.append(make("p", { class: "note" }, note));
  place.append(make("p", { class: "soft" }, t(`共 ${found.length} 项`, `${found.length} found`)));
  const list = make("ol", { class: "results" });
  const more = make("button", { type: "button" }, t("显示更多", "Show more"));
  const show = () => {
    const first = list.children.length;
    for (const one of found.slice(first, first + PAGE)) list.append(hit(one, wanted));
    if (list.children.length === found.length) more.remove();
    return list.children[first];
  };
  more.addEventListener("click", () => show()?.querySelector("a").focus());
  place.append(list, more);
  show();
})();
