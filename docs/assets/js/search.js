"use strict";
// Search in the reader's own browser: nothing that is typed leaves it. The index is search_index.json beside this page.
(() => {
  const form = document.querySelector("[data-search]");
  const results = document.querySelector("[data-results]");
  const told = results.querySelector("[role=status]");
  const MOST = 8;
  const COMMON = new Set("a all an and are at be can can't cannot cant do does for from have how i if in is it me my of on or should the to up was what when where which who why will with won't you your".split(" "));
  // Lay words beside the guide's own: what a person types, and what the pages say.
  const SAME = {
    pill: "opioid", painkiller: "opioid", narcotic: "opioid", opiate: "opioid", oxycodone: "opioid", hydrocodone: "opioid", morphine: "opioid",
    codeine: "opioid", fentanyl: "opioid", tramadol: "opioid", hydromorphone: "opioid", heroin: "opioid",
    percocet: "opioid", oxycontin: "opioid", vicodin: "opioid", norco: "opioid", dilaudid: "opioid",
    suboxone: "buprenorphine", subutex: "buprenorphine", xanax: "benzodiazepine", valium: "benzodiazepine", ativan: "benzodiazepine",
    klonopin: "benzodiazepine", benzo: "benzodiazepine", neurontin: "gabapentin", lyrica: "pregabalin", drunk: "alcohol", drinking: "alcohol", beer: "alcohol",
    depressed: "mood", depression: "mood", crying: "mood", scared: "distress", afraid: "distress", panic: "distress", espanol: "spanish", hopeless: "mood", insomnia: "sleep", ambien: "sleep", vomiting: "nausea", vomit: "nausea", kid: "18", child: "18", baby: "pregnant",
    narcan: "naloxone", od: "overdose", poison: "overdose", quit: "taper", wean: "taper", detox: "withdrawal", dopesick: "withdrawal",
    doctor: "prescriber", shrink: "therapy", counselor: "therapy", suicidal: "suicide", rehab: "treatment",
    tylenol: "acetaminophen", advil: "ibuprofen", motrin: "ibuprofen", aleve: "naproxen", addicted: "addiction",
    cymbalta: "antidepressant", duloxetine: "antidepressant", amitriptyline: "antidepressant", zoloft: "antidepressant", prozac: "antidepressant",
    symptom: "sign", cause: "work", trash: "throw", dispose: "throw", leftover: "throw", weekend: "saturday",
  };
  // Words of someone who may be in danger now: whom to call comes before anything found.
  const URGENT = "suicide suicidal kill die died dying dead hopeless overdose poison breathe choke gurgle unconscious unresponsive emergency 911 988".split(" ");
  const HARM = /\b(?:hurt|harm|cut|kill)(?:ing)? (?:my|him|her|them)sel|self.?harm|end (?:my life|it all)|want(?:s|ed)? to die|\b(?:unalive|kms)\b|no reason to live|better off without me|(?:not|n.?t) wan(?:t|na) (?:to )?(?:live|be (?:here|alive)|exist)\b/i;
  const SIGNS = [
    /took (?:too (?:many|much)|more than|(?:two|2|an? extra|a double) (?:dose|pill|patch|tablet))|double dose|too many (?:dose|pill|patch|tablet)/i,
    /(?:took|take|taken|gave|ate|drank|drunk) .*by (?:accident|mistake)|(?:accident|mistaken)\w* (?:took|gave|ate|drank)|swallowed|\bate (?:my|his|her|the|a|some) /i,
    /passed out|collapse|faint|seizure|convuls|foam\w* at|nod(?:ded|ding) (?:off|out)|(?:very|so|too) (?:sleepy|drowsy)|\bo\.?d(?:['’]?(?:ing|ed|s)|['’]d)?\b/i,
    /chest pain|(?:blue|purple|gr[ae]y|white) lips|lips (?:\w+ )?(?:blue|purple|gr[ae]y|white)|turn(?:s|ed|ing) blue|(?:pinpoint|tiny|small) pupil|death rattle/i,
    /(?:not|n.?t) respond|(?:is|['’]s) not moving|isn.?t moving|hate my life|can.?t (?:cope|go on|do this|take (?:it|this))|(?:not|n.?t|hard to|trouble) (?:\w+ ){0,2}(?:a?wak|wok)|\bend it\b/i,
    /sobredosis|suicid|emergencia|ayuda|morir|no respira/i, // as a Spanish speaker types it
  ];
  const HELP = "get-help-now/";
  const WARNS = "tapering-and-recovery/";

  // "doses" and "dose" meet at "dos", "stopping" and "stops" at "stop".
  const stem = (word) => word
    .replace(/ies$/, "y")
    .replace(/^(.{3,}?)(?:'s|ing|ed|es|s|e)$/, "$1")
    .replace(/([^aeiouls])\1$/, "$1");
  const words = (text) => (text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/’/g, "'").match(/[a-z0-9']+/g) || []);
  const stems = (text) => words(text).map(stem);
  const guideWord = new Map(Object.entries(SAME).map(([lay, ours]) => [stem(lay), stem(ours)]));

  // One letter wrong, missing or too many: "withdrawl".
  const misspelt = (one, other) => {
    if (Math.min(one.length, other.length) < 5 || Math.abs(one.length - other.length) > 1) return false;
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    return one.slice(at + (one.length >= other.length)) === other.slice(at + (other.length >= one.length));
  };

  // Up to a mark that ends a sentence: the dot in "988lifeline.org" does not.
  const sentencesOf = (text) => (text.match(/.+?(?:[.!?](?=\s|$)|$)/g) || []).map((one) => one.trim());

  // A sentence that stands on many pages, as the warnings do, tells none of them from the others: one page keeps it.
  const prepare = (docs) => {
    const said = docs.map(({ text }) => sentencesOf(text));
    const times = new Map();
    for (const one of said.flat()) times.set(one, (times.get(one) || 0) + 1);
    return docs.map((doc, at) => {
      const sentences = said[at].filter((one) => times.get(one) < 3 || doc.location === WARNS);
      return {
        ...doc,
        sentences,
        page: doc.location.split("#")[0],
        titles: stems(doc.title),
        texts: stems(sentences.join(" ")),
        phrases: (doc.keywords || "").split(",").map((phrase) => ` ${stems(phrase).join(" ")} `),
      };
    });
  };

  const wanted = (query) => {
    const all = words(query);
    const telling = all.filter((word) => !COMMON.has(word));
    return (telling.length ? telling : all).map((word) => ({ stem: stem(word), same: guideWord.get(stem(word)) }));
  };

  // How well a list of words answers one asked for: whole word 1, the guide's own word
  // for it 2/3, its beginning 1/2, misspelt 1/3.
  const match = (list, { stem: asked, same }) => {
    let best = 0;
    for (const word of list) {
      if (word === asked) return 1;
      if (same && word === same) best = Math.max(best, 2 / 3);
      else if (asked.length > 2 && word.startsWith(asked)) best = Math.max(best, 1 / 2);
      else if (!best && misspelt(asked, word)) best = 1 / 3;
    }
    return best;
  };

  const isUrgent = (query) => HARM.test(query) || SIGNS.some((sign) => sign.test(query)) || wanted(query).some((one) => URGENT.some((word) => stem(word) === one.stem || misspelt(stem(word), one.stem)));

  // Which pages answer, best first, and of each the section that says most about what was asked.
  const rank = (docs, query) => {
    const asked = wanted(query);
    const phrase = ` ${stems(query).filter((word) => word).join(" ")} `;
    const rarity = asked.map((one) => {
      const holding = docs.filter((doc) => match(doc.texts, one) || match(doc.titles, one)).length;
      return Math.log(1 + docs.length / (1 + holding));
    });
    const pages = new Map();
    for (const doc of docs) {
      const keywords = doc.phrases.flatMap((one) => one.trim().split(" "));
      let score = doc.phrases.some((one) => one === phrase || (one.trim().includes(" ") && phrase.includes(one))) ? 20 : 0;
      let found = 0;
      let told = 0;
      asked.forEach((one, at) => {
        const words = 5 * match(doc.titles, one) + 2 * match(doc.texts, one);
        const here = words + 4 * match(keywords, one);
        score += here * rarity[at];
        told += (words + 0.2 * doc.texts.filter((word) => word === one.stem || word === one.same).length) * rarity[at];
        found += here > 0;
      });
      const share = (found / asked.length) ** 2;
      score *= share || (score > 0 ? 1 : 0);
      if (!score) continue;
      const page = pages.get(doc.page) || { score: 0, best: doc, told: 0 };
      page.score = Math.max(page.score, score) + 0.1 * Math.min(page.score, score);
      if (told * share > page.told) Object.assign(page, { best: doc, told: told * share });
      pages.set(doc.page, page);
    }
    const help = { score: Infinity, best: docs.find((doc) => doc.location === HELP) };
    if (HARM.test(query)) return [help]; // nothing else that holds the word "kill" is an answer
    if (isUrgent(query)) pages.set(HELP, help);
    return [...pages.values()].sort((one, other) => other.score - one.score).slice(0, MOST);
  };

  // The sentence that answers most of what was asked; of a long one, the part around the first word that does.
  const snippet = ({ sentences }, query) => {
    const asked = wanted(query);
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

  const element = (tag, text, attributes = {}) => Object.assign(document.createElement(tag), { textContent: text }, attributes);

  const helpLine = () => {
    const line = element("p", "In danger: ", { className: "now" });
    const link = (words, href) => element("a", words, { href });
    line.append(link("call 911", "tel:911"), ". In a crisis: ", link("call 988", "tel:988"), " or ", link("text 988", "sms:988"), ".");
    return line;
  };

  const show = (docs, query) => {
    told.replaceChildren();
    results.querySelector("ol")?.remove(); // the told place itself stays: one that is put in anew may not be read out
    if (!query) return;
    const found = rank(docs, query);
    if (isUrgent(query) || !found.length) told.append(helpLine()); // words that are not known may be those of a bad night
    const count = found.length === 1 ? "1 page" : `${found.length} pages`;
    told.append(element("p", found.length
      ? `${count} for “${query}”`
      : `Nothing was found for “${query}”. Try one plain word, such as withdrawal, or choose from the pages of this guide.`));
    const list = element("ol", "");
    for (const { best } of found) {
      const home = docs.find((doc) => doc.location === best.page) || best;
      const item = element("li", "");
      item.append(element("a", home.title, { href: `../${best.location}` }));
      if (best !== home) item.append(element("p", best.title, { className: "note" }));
      item.append(element("p", snippet(best, query)));
      list.append(item);
    }
    if (found.length) results.append(list);
  };

  // The query lives behind "#": a browser never sends that part to anyone.
  const asked = () => new URLSearchParams(location.hash.slice(1)).get("q") || "";

  fetch("search_index.json")
    .then((response) => response.json())
    .then(({ docs }) => {
      const ready = prepare(docs);
      const answer = () => {
        form.q.value = asked();
        show(ready, asked());
      };
      form.hidden = false;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        history.replaceState(null, "", `#${new URLSearchParams({ q: form.q.value.trim() })}`);
        answer();
      });
      addEventListener("hashchange", answer);
      answer();
    })
    .catch(() => told.replaceChildren(element("p", "Search could not be loaded. The pages of this guide are listed here.")));
})();
