/* When a word that is looked for meets a word of a report: matching.py and finding.py, once more for the page.
   A test runs both programs on the same words; change them together. */
const stemmaFind = (() => {
  "use strict";
  const MARKS =
    /[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]/g;
  const LETTERS = {
    ß: "ss",
    ø: "o",
    æ: "ae",
    œ: "oe",
    đ: "d",
    ð: "d",
    þ: "th",
    ł: "l",
    ħ: "h",
    ı: "i",
    ŧ: "t",
    ŋ: "n",
    ĸ: "k",
    ς: "σ",
  };
  const PLAIN = /[ßøæœđðþłħıŧŋĸς]/g;
  const GROUPED = /(?<![\p{L}\p{N}])\p{N}{1,3}(?:[.,'’ ]\p{N}{3}){1,5}(?!\p{N})/gu;
  const WORD = /(?<!\p{N}[.,])\p{N}+[.,]\p{N}{1,2}(?![\p{L}\p{N}]|[.,]\p{N})|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
  const FIGURES = /^\p{N}+(?:\.\p{N}+)?$/u;
  const DENSE =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
  const BEGINS = 4;
  /* Kinds of units by their number: those below WHOLE tell the sentence that they stand in. */
  const WHOLE = 4,
    DISAGREEMENT = 0,
    ACTOR = 5,
    SENTENCE = 6;
  /* Stands for all reports of a unit where its reports are numbered: they are from 1. */
  const EVERY = 0;
  const length = (word) => [...word].length;

  const fold = (text) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(MARKS, "")
      .replace(PLAIN, (one) => LETTERS[one])
      .replace(GROUPED, (one) => one.replace(/[.,'’ ]/g, ""))
      .normalize("NFC");
  const wordsOf = (text) => (fold(text).match(WORD) || []).map((word) => word.replace(",", "."));

  /* What is looked for: each word once; a number said in words is its figures as well, or nothing else. */
  function termsOf(asked, spoken) {
    const words = wordsOf(asked),
      longest = Math.max(1, ...Object.keys(spoken).map((key) => key.split(" ").length)),
      found = new Map();
    for (let at = 0; at < words.length; ) {
      let end = Math.min(at + longest, words.length),
        figures;
      for (; end > at; end--) {
        const key = words.slice(at, end).join(" ");
        figures = Object.hasOwn(spoken, key) ? spoken[key] : undefined;
        if (figures !== undefined || end === at + 1) break;
      }
      const term = end === at + 1 ? [words[at]] : [];
      if (figures && !term.includes(figures)) term.push(figures);
      found.set(term.join("\n"), term);
      at = end;
    }
    return [...found.values()];
  }

  /* A function that tells whether a folded word of a text in the language of `table` answers the folded word `asked`. */
  function sought(asked, table) {
    const shortest = table?.shortest || 0,
      endings = table?.endings || [],
      figures = FIGURES.test(asked);
    const dense = DENSE.test(asked),
      begins = length(asked) >= BEGINS && !figures,
      forms = new Set([asked]);
    if (endings.length && !figures) {
      const stems = new Set(length(asked) >= shortest || length(asked) >= BEGINS - 1 ? [asked] : []);
      for (const e of endings)
        if (asked.endsWith(e) && length(asked) - length(e) >= shortest)
          stems.add(asked.slice(0, asked.length - e.length));
      for (const stem of stems) {
        forms.add(stem);
        for (const e of endings) forms.add(stem + e);
      }
    }
    const holds = (word) => forms.has(word) || (begins && word.startsWith(asked)) || (dense && word.includes(asked));
    return (word) =>
      holds(word) ||
      (table?.beginnings || []).some(
        (one) => word.startsWith(one) && length(word) - length(one) >= shortest && holds(word.slice(one.length)),
      );
  }

  /* (step from the start before, length, more) as [start, end, more]. */
  const places = (steps, size) => {
    const found = [];
    for (let i = 0, at = 0; i < steps.length; i += size) {
      at += steps[i];
      found.push([at, at + steps[i + 1], ...steps.slice(i + 2, i + size)]);
    }
    return found;
  };
  /* The index as the page carries it, with every unit as [kind, id, spans, names, heading]; a span is report, start, end. */
  function unpack(data) {
    const units = data.lines.flatMap((lines, kind) =>
      lines.map(([id, spans, names, about]) => [
        kind,
        id,
        spans.map((v, i) => (i % 3 === 2 ? spans[i - 1] + v : v)),
        names,
        about || "",
      ]),
    );
    const sentences = data.sentences.map((steps) => places(steps, 2));
    sentences.forEach((bounds, report) => {
      for (const [start, end] of bounds) units.push([SENTENCE, 0, [report, start, end], [], ""]);
    });
    return {
      units,
      sentences,
      mentions: data.mentions.map((steps) => places(steps, 3)),
      numbers: data.numbers.map((steps) => places(steps, 3)),
      forms: data.forms,
      spoken: data.spoken,
    };
  }
  const threes = (flat) => Array.from({ length: flat.length / 3 }, (_, i) => flat.slice(3 * i, 3 * i + 3));

  /* The index of one story. `textOf(report, start, end)` gives the words of a span, `languageOf(report)` and `reader` a
     language. The answer maps the places in the index of what answers all of the words to the reports that do, or null. */
  function makeIndex(data, tables, textOf, languageOf, reader) {
    const vocabulary = new Map(),
      known = new Map();
    const put = (language, word, k, report) => {
      if (!vocabulary.has(language)) vocabulary.set(language, new Map());
      const words = vocabulary.get(language);
      if (!words.has(word)) words.set(word, []);
      words.get(word).push([k, report]);
    };
    const formWords = (names) =>
      names.flatMap((name) =>
        data.forms[name].flatMap(([language, ...forms]) =>
          forms.flatMap((form) => wordsOf(form).map((word) => [language, word])),
        ),
      );
    const wordsIn = ([report, start, end]) => {
      const key = report + "," + start + "," + end;
      if (!known.has(key)) {
        const own = languageOf(report),
          found = [];
        const read = (from, to) => wordsOf(textOf(report, from, to)).forEach((word) => found.push([own, word]));
        let at = start;
        for (const [first, last, figures] of data.numbers[report])
          if (start <= first && last <= end) {
            read(at, first);
            found.push([own, figures]);
            at = last;
          }
        read(at, end);
        const named = data.mentions[report].filter(([first, last]) => start <= first && last <= end);
        known.set(key, [...found, ...formWords(named.map((one) => one[2]))]);
      }
      return known.get(key);
    };
    /* The spans in whose words a unit is looked for: a version with the sentences it stands in. */
    const searched = ([kind, , spans]) =>
      threes(spans).map(([report, start, end]) => {
        const over =
          kind === DISAGREEMENT ? data.sentences[report].filter(([s, e]) => Math.min(e, end) > Math.max(s, start)) : [];
        return [report, Math.min(start, ...over.map((o) => o[0])), Math.max(end, ...over.map((o) => o[1]))];
      });
    data.units.forEach((unit, k) => {
      const [kind, , spans, names, about] = unit;
      for (const span of searched(unit)) for (const [of, word] of wordsIn(span)) put(of, word, k, span[0] + 1);
      if (kind === DISAGREEMENT)
        for (const span of threes(spans)) for (const [of, word] of wordsIn(span)) put(of, word, k, EVERY);
      for (const [language, word] of formWords(names)) put(language, word, k, EVERY);
      for (const word of wordsOf(about)) put(reader, word, k, EVERY);
    });
    const having = (term) => {
      const found = new Map();
      for (const [language, words] of vocabulary) {
        const tests = term.map((one) => sought(one, tables[language]));
        for (const [word, at] of words)
          if (tests.some((meets) => meets(word)))
            for (const [k, report] of at) {
              if (!found.has(k)) found.set(k, new Set());
              found.get(k).add(report);
            }
      }
      return found;
    };
    return (asked) => {
      const hits = termsOf(asked, data.spoken).map(having),
        found = new Map(),
        told = new Map();
      if (!hits.length) return found;
      for (const k of [...hits[0].keys()].sort((a, b) => a - b)) {
        if (!hits.every((hit) => hit.has(k))) continue;
        const ours = hits.map((hit) => hit.get(k)),
          narrow = ours.filter((one) => !one.has(EVERY));
        if (data.units[k][0] === DISAGREEMENT && narrow.length === ours.length) continue;
        const shared = narrow.length && [...narrow[0]].filter((report) => narrow.every((one) => one.has(report)));
        if (!narrow.length) found.set(k, null);
        else if (shared.length) found.set(k, new Set(shared.map((report) => report - 1)));
      }
      for (const [k, reports] of found)
        if (data.units[k][0] < WHOLE)
          for (const [report, start, end] of searched(data.units[k]))
            if (!reports || reports.has(report)) told.set(report, [...(told.get(report) || []), [start, end]]);
      for (const k of [...found.keys()]) {
        const [kind, , [report, start, end]] = data.units[k];
        if (kind === SENTENCE && (told.get(report) || []).some(([s, e]) => Math.min(e, end) > Math.max(s, start)))
          found.delete(k);
      }
      return found;
    };
  }
  return { ACTOR, SENTENCE, WORD, fold, wordsOf, termsOf, sought, unpack, makeIndex };
})();
