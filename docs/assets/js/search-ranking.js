"use strict";
// What answers a query, worked out from search_index.json alone: the words of the pages and, from
// docs/_data/search-answers.yml, the best answers, the words of danger and the words that mean the same.
// search.js shows it.
const SearchRanking = (() => {
  const MOST = 8; // results
  const LONGEST = 300; // characters of a query that count
  const UNSURE = ["danger", "crisis"]; // the help to show when a query is not understood
  const SELF = ["i", "im", "ive", "my", "myself"];
  const SENTENCE = 6; // words at least; one that no best answer fits is not understood, and may be a cry for help

  const { plain, words, stem, stems, chinese, sentencesOf, misspelt, match, stands } = SearchWords;

  const prepare = ({ docs, answers = [], groups = {}, same = {}, small = [], languages = {} }) => {
    const sentences = docs.map(({ text }) => sentencesOf(text));
    const times = new Map();
    for (const one of sentences.flat()) times.set(one, (times.get(one) || 0) + 1);
    const pages = docs.map((doc, at) => {
      const own = sentences[at].filter((one) => times.get(one) < 3); // a warning of many pages tells them not apart
      return {
        ...doc,
        sentences: own,
        page: doc.location.split("#")[0],
        titles: stems(doc.title),
        texts: [...new Set(stems(own.join(" ")))],
        keywords: stems(doc.keywords || ""),
        phrases: (doc.keywords || "").split(",").map((phrase) => ` ${stems(phrase).join(" ")} `),
      };
    });
    const heads = new Map(); // word -> the words that it may stand for
    for (const [head, members] of [...Object.entries(groups), ...Object.entries(same)]) {
      for (const member of members.flatMap((one) => [one, ...(same[one] || [])])) {
        heads.set(stem(member), [...(heads.get(stem(member)) || []), stem(head)]);
      }
    }
    const phrase = (said) => ({
      words: stems(said),
      length: stems(said).length || chinese(said).length,
      chinese: chinese(said) && new RegExp([...said.split("…")].map(chinese).join(".{0,6}"), "u"),
    });
    const ready = answers.map((answer) => ({
      ...answer,
      say: (answer.say || []).map(phrase),
      is: (answer.is || []).map(phrase),
      unless: (answer.unless || []).map(phrase),
    }));
    const said = ready.flatMap(({ say, is, unless }) => [...say, ...is, ...unless]).flatMap((one) => one.words);
    return {
      docs: pages,
      answers: ready,
      heads,
      same: new Map(Object.entries(same).flatMap(([head, lay]) => lay.map((word) => [stem(word), stem(head)]))),
      small: new Set(small.map(stem)),
      inPhrases: new Set([...said, ...heads.keys()]),
      inPages: new Set(pages.flatMap(({ texts, titles }) => [...texts, ...titles])),
      languages,
      meant: new Map(), // what words were found to mean, kept: finding misspellings takes long
      wanted: new Map(), // the same for ranking
    };
  };

  // What a word of a query may stand for: itself, what it is a misspelling of, and the group that either is in.
  const meanings = (guide, word) => {
    if (guide.meant.has(word)) return guide.meant.get(word);
    const known = guide.inPhrases.has(word) || guide.inPages.has(word) || guide.small.has(word);
    const meant = known ? [word] : [word, ...[...guide.inPhrases].filter((one) => misspelt(word, one))];
    guide.meant.set(word, new Set(meant.flatMap((one) => [one, ...(guide.heads.get(one) || [])])));
    return guide.meant.get(word);
  };

  // "cantbreathe" -> ["cant", "breathe"]
  const split = (guide, word) => {
    const known = (part) => guide.inPhrases.has(stem(part)) || guide.small.has(stem(part));
    const cut = (rest) => {
      if (known(rest)) return [rest];
      for (let at = rest.length - 2; at > 0; at -= 1) {
        const tail = known(rest.slice(0, at)) && (at > 1 || rest[0] === "i") && cut(rest.slice(at));
        if (tail) return [rest.slice(0, at), ...tail];
      }
      return null;
    };
    return (word.length > 5 && word.length < 30 && cut(word)) || [word];
  };

  // A query as typed, with lost spaces put back, and with each space taken out that makes a word of a phrase.
  const readings = (guide, typed) => {
    const joined = typed.slice(1).map((word, at) => [...typed.slice(0, at), typed[at] + word, ...typed.slice(at + 2)]);
    const makesWord = (word) => [...meanings(guide, stem(word))].some((one) => guide.inPhrases.has(one));
    const known = joined.filter((one, at) => makesWord(one[at]));
    return [typed, typed.flatMap((word) => split(guide, word)), ...known].map((reading) => {
      let place = 0;
      return reading.map(stem).map((word) => {
        if (!guide.small.has(word)) place += 1;
        return { word, meanings: meanings(guide, word), place };
      });
    });
  };

  const telling = (guide, list) => {
    const some = list.filter((one) => !guide.small.has(one.word || one));
    return some.length ? some : list;
  };

  // The best answers that fit, best first: help before everything, then the longest phrase.
  const fitting = (guide, query) => {
    const [read, han] = [readings(guide, words(query)), chinese(query)];
    const meant = new Set(read.flat().flatMap(({ meanings }) => [...meanings]));
    const said = (list) => list.every((word) => meant.has(word)) && read.some((reading) => stands(list, reading));
    const says = (one, inOrder) => (one.chinese ? one.chinese.test(han)
      : said(one.words) || (!inOrder && one.words.length === 2 && said([...one.words].reverse())));
    const is = (one) => {
      const wanted = telling(guide, one.words);
      return read.some((reading) => {
        const isFirst = ({ word }, at, all) => all.findIndex((one) => one.word === word) === at;
        const typed = telling(guide, reading).filter(isFirst);
        return typed.length === wanted.length && typed.every(({ meanings }, at) => meanings.has(wanted[at]));
      });
    };
    return guide.answers.map((answer) => {
      const lengths = answer.say.filter((one) => says(one, answer.only)).map((one) => one.length);
      const whole = answer.is.filter(is).map((one) => telling(guide, one.words).length + 1 / 2);
      const fit = Math.max(0, ...lengths, ...whole);
      return { answer, fit: fit && answer.call?.[0] === "poison" ? fit / 10 : fit }; // who is in danger comes before
    })
      .filter(({ answer, fit }) => fit && !answer.unless.some((one) => says(one, true)))
      .sort((one, other) => !!other.answer.call - !!one.answer.call || other.fit - one.fit)
      .map(({ answer }) => answer);
  };

  // A word that neither the pages nor the lists of words know is taken for the known one that it is a misspelling of.
  // Of small words alone ("the", "what if") nothing is wanted.
  const wanted = (guide, query) => stems(query).filter((one) => !guide.small.has(one)).map((one) => {
    if (!guide.wanted.has(one)) {
      const known = [...guide.inPages, ...guide.same.keys()];
      const meant = known.some((word) => word.startsWith(one)) ? one : known.find((word) => misspelt(one, word)) || one;
      guide.wanted.set(one, { stem: meant, same: guide.same.get(meant) });
    }
    return guide.wanted.get(one);
  });

  // Which pages answer, best first, and of each the section that says most about what was asked.
  const rank = (guide, docs, query) => {
    const asked = wanted(guide, query);
    if (!asked.length) return [];
    const strange = asked.filter((one) => !match([...guide.inPages], one)).length >= asked.length / 2;
    const phrase = ` ${stems(query).join(" ")} `;
    const rarity = asked.map((one) => {
      const holding = docs.filter((doc) => match(doc.texts, one) || match(doc.titles, one)).length;
      return Math.log(1 + docs.length / (1 + holding));
    });
    const pages = new Map();
    for (const doc of docs) {
      const isAsked = (one) => one === phrase || (one.trim().includes(" ") && phrase.includes(one));
      let score = doc.phrases.some(isAsked) ? 20 : 0;
      let found = 0;
      let section = 0;
      asked.forEach((one, at) => {
        const here = 5 * match(doc.titles, one) + 2 * match(doc.texts, one);
        const all = here + 4 * match(doc.keywords, one);
        score += (strange ? Math.max(0, all - 2) : all) * rarity[at];
        section += here * rarity[at];
        // In a query that is mostly strange to the guide, a word in passing is no answer.
        found += all > (strange ? 2 : 0);
      });
      const share = (found / asked.length) ** 2;
      score *= share || (score > 0 ? 1 : 0);
      if (!score) continue;
      const page = pages.get(doc.page) || { score: 0, best: doc, section: 0 };
      page.score = Math.max(page.score, score) + 0.1 * Math.min(page.score, score);
      if (section * share > page.section) Object.assign(page, { best: doc, section: section * share });
      pages.set(doc.page, page);
    }
    return [...pages.values()].sort((one, other) => other.score - one.score).map(({ best }) => best);
  };

  // The sentence that answers most of what was asked; of a long one, the part around the first word that does.
  const snippet = (guide, { sentences }, query) => {
    const asked = wanted(guide, query);
    const answers = (list) => asked.reduce((sum, one) => sum + match(list, one), 0);
    const points = sentences.map((one) => answers(stems(one)));
    const whole = sentences[points.indexOf(Math.max(...points))] || "";
    if (whole.length <= 180) return whole;
    const parts = whole.split(" ");
    const from = Math.max(0, parts.findIndex((one) => answers(stems(one))) - 8);
    const text = parts.slice(from).join(" ");
    const end = text.length > 180 ? text.lastIndexOf(" ", 180) : text.length;
    return `${from ? "… " : ""}${text.slice(0, end)}${end < text.length ? " …" : ""}`;
  };

  // The languages of a query that the guide has help in: none for English and for scripts that nobody here reads.
  const languagesOf = (guide, query, answers) => {
    const list = Object.entries(guide.languages);
    const typed = words(query);
    const known = (code) => answers.some(({ language }) => language === code);
    const strange = typed.filter((word) => word.length > 5 && !guide.inPages.has(stem(word)));
    const spoken = list.filter(([code, { words: own, endings = [] }]) => own && (known(code)
      || own.some((one) => typed.includes(plain(one)))
      || strange.some((word) => endings.some((end) => word.endsWith(end)))));
    if (spoken.length) return spoken;
    const count = (letters) => [...query].filter((letter) => letters.includes(letter)).length;
    const written = list.filter(([, { letters }]) => letters).map((one) => [one, count(one[1].letters)]);
    const most = Math.max(...written.map(([, letters]) => letters));
    const other = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(query);
    return chinese(query) && !other ? written.filter(([, letters]) => letters === most).map(([one]) => one) : [];
  };

  // Whom to call first when a query is not understood: someone who speaks of nobody else may be thinking of death.
  const unsureOf = (guide, typed) => {
    const others = typed.some((word) => guide.heads.get(stem(word))?.includes("person"));
    return !others && typed.some((word) => SELF.includes(word)) ? [...UNSURE].reverse() : UNSURE;
  };

  // What to show: `lines` of help in the language `lang`, and `results`, each {location, title, section, text, lang}.
  const find = (guide, query) => {
    const typed = query.slice(0, LONGEST).replace(/<[^>]*>/g, " ");
    const answers = fitting(guide, typed);
    const calls = [...new Set([...answers.flatMap(({ call }) => call || []), ...unsureOf(guide, words(typed))])];
    const best = answers.filter((one, at) => answers.findIndex(({ to }) => to === one.to) === at)
      .slice(0, answers[0]?.only ? 1 : 2);
    const spoken = languagesOf(guide, typed, answers);
    const home = (page) => guide.docs.find((doc) => doc.location === page);
    const results = best.map(({ to, section, text, language }) => ({
      location: to, title: home(to.split("#")[0])?.title || section, section, text, lang: language }));
    const isNamed = ([, { names }]) => names?.some((one) => words(typed).includes(one));
    const named = Object.entries(guide.languages).filter(isNamed);
    const section = answers.find(({ own }) => own)?.own;
    const own = [...new Map([...named, ...spoken])].flatMap(([lang, { about }]) => {
      const page = guide.docs.find((one) => one.lang === lang);
      const location = section ? `${page?.location}#${section}` : page?.location;
      const place = guide.docs.find((one) => one.location === location);
      return page ? [{ location, title: page.title, section: place?.title, text: about, lang, inLang: lang }] : [];
    });
    results.unshift(...own);
    if (!spoken.length && !best.some(({ only }) => only)) {
      const shown = new Set(results.map(({ location }) => location.split("#")[0]));
      const ranked = rank(guide, guide.docs.filter(({ lang }) => !lang), typed).filter(({ page }) => !shown.has(page));
      results.push(...ranked.map((doc) => ({
        location: doc.location, title: (home(doc.page) || doc).title,
        section: doc.location === doc.page ? "" : doc.title, text: snippet(guide, doc, typed),
      })));
    }
    const language = spoken[0] || ["en", guide.languages.en || {}];
    const unsure = !results.length || (!best.length && words(typed).length >= SENTENCE);
    const needed = answers.some(({ call }) => call) || spoken.length || unsure ? calls : [];
    const lines = needed.map((call) => language[1].help?.[call]).filter(Boolean);
    return { lang: language[0], lines, results: results.slice(0, MOST), found: language[1].found };
  };

  return { prepare, find };
})();
