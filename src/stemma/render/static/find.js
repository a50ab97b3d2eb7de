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
  const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
  const FIGURES = /^\p{N}+$/u;
  const DENSE =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
  const BEGINS = 4;
  /* Kinds of units by their number: those below WHOLE tell the sentence that they stand in. */
  const WHOLE = 4,
    ACTOR = 5,
    SENTENCE = 6;
  const length = (word) => [...word].length;

  const fold = (text) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(MARKS, "")
      .replace(PLAIN, (one) => LETTERS[one])
      .replace(GROUPED, (one) => one.replace(/[.,'’ ]/g, ""))
      .normalize("NFC");
  const wordsOf = (text) => fold(text).match(WORD) || [];

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

  /* The index as the page carries it, with every unit as [kind, id, spans, names]; a span is report, start, end. */
  function unpack(data) {
    const units = data.lines.flatMap((lines, kind) =>
      lines.map(([id, spans, names]) => [kind, id, spans.map((v, i) => (i % 3 === 2 ? spans[i - 1] + v : v)), names]),
    );
    let count = 0;
    data.sentences.forEach((steps, report) => {
      for (let i = 0, at = 0; i < steps.length; i += 2) {
        const start = at + steps[i];
        at = start + steps[i + 1];
        units.push([SENTENCE, 0, [report, start, at], data.named[count++] || []]);
      }
    });
    return { units, forms: data.forms };
  }

  /* The index of one story. `textOf(report, start, end)` gives the words of a span, `languageOf(report)` the language. */
  function makeIndex(data, tables, textOf, languageOf) {
    const vocabulary = new Map(),
      folded = new Map();
    const put = (language, word, k) => {
      if (!vocabulary.has(language)) vocabulary.set(language, new Map());
      const words = vocabulary.get(language);
      if (!words.has(word)) words.set(word, new Set());
      words.get(word).add(k);
    };
    data.units.forEach(([, , spans, names], k) => {
      for (let i = 0; i < spans.length; i += 3) {
        const key = spans[i] + "," + spans[i + 1] + "," + spans[i + 2];
        if (!folded.has(key)) folded.set(key, wordsOf(textOf(spans[i], spans[i + 1], spans[i + 2])));
        for (const word of folded.get(key)) put(languageOf(spans[i]), word, k);
      }
      for (const name of names)
        for (const [language, ...forms] of data.forms[name])
          for (const form of forms) for (const word of wordsOf(form)) put(language, word, k);
    });
    /* The places in the index of what answers all of the words. */
    return (asked) => {
      const wanted = [...new Set(wordsOf(asked))];
      if (!wanted.length) return [];
      const hits = wanted.map((one) => {
        const found = new Set();
        for (const [language, words] of vocabulary) {
          const meets = sought(one, tables[language]);
          for (const [word, units] of words) if (meets(word)) for (const k of units) found.add(k);
        }
        return found;
      });
      const found = [...hits[0]].filter((k) => hits.every((hit) => hit.has(k))).sort((a, b) => a - b);
      const told = new Map();
      for (const k of found) {
        const [kind, , spans] = data.units[k];
        if (kind < WHOLE)
          for (let i = 0; i < spans.length; i += 3) {
            if (!told.has(spans[i])) told.set(spans[i], []);
            told.get(spans[i]).push([spans[i + 1], spans[i + 2]]);
          }
      }
      return found.filter((k) => {
        const [kind, , [report, start, end]] = data.units[k];
        return kind !== SENTENCE || !(told.get(report) || []).some(([s, e]) => Math.min(e, end) > Math.max(s, start));
      });
    };
  }
  return { ACTOR, SENTENCE, fold, wordsOf, sought, unpack, makeIndex };
})();
