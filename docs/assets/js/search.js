"use strict";
// Search in the reader's own browser: nothing that is typed leaves it. search-ranking.js works out the answer.
(() => {
  const form = document.querySelector("[data-search]");
  const results = document.querySelector("[data-results]");
  const status = results.querySelector("[role=status]");
  const helpLine = [...status.childNodes]; // stands in the HTML, for whoever has no JavaScript or no index

  const element = (tag, textContent, attributes = {}) =>
    Object.assign(document.createElement(tag), { textContent }, attributes);

  // "[call 911](tel:911)" becomes a link.
  const linked = (line, lang) => {
    const paragraph = element("p", "", { className: "now", lang });
    line.split(/\[(.+?)\]\((.+?)\)/).forEach((part, at, parts) => {
      if (at % 3 === 1) paragraph.append(element("a", part, { href: parts[at + 1] }));
      else if (at % 3 === 0) paragraph.append(part);
    });
    return paragraph;
  };

  const item = ({ location, title, section, text, lang = "en", inLang = "en" }) => {
    const one = element("li", "");
    one.append(element("a", title, { href: `../${location}`, lang: inLang }));
    if (section && section !== title) one.append(element("p", section, { className: "note" }));
    if (text) one.append(element("p", text, { lang }));
    return one;
  };

  const show = (guide, query) => {
    results.querySelector("ol")?.remove(); // the status itself stays: one that is put in anew may not be read out
    status.replaceChildren(...helpLine);
    if (!query) return;
    const { lang, lines, results: all, found } = SearchRanking.find(guide, query);
    if (lines.length || all.length) status.replaceChildren(...lines.map((line) => linked(line, lang)));
    const count = all.length === 1 ? "1 result" : `${all.length} results`;
    const nothing = `Nothing was found for “${query}”. Your pharmacist or prescriber may know. `
      + "Or try one plain word, such as withdrawal.";
    const words = found?.replace("{query}", () => query) || `${count} for “${query}”`;
    status.append(element("p", all.length ? words : nothing, { lang: all.length ? lang : "en" }));
    const list = element("ol", "");
    list.append(...all.map(item));
    if (all.length) results.append(list);
  };

  // The query lives behind "#": a browser never sends that part to anyone.
  const asked = () => (new URLSearchParams(location.hash.slice(1)).get("q") || "").trim();

  fetch("search_index.json")
    .then((response) => response.json())
    .then((index) => {
      const guide = SearchRanking.prepare(index);
      const answer = () => {
        form.q.value = asked();
        show(guide, asked());
      };
      form.hidden = false;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const query = form.q.value.trim();
        show(guide, query);
        history.replaceState(null, "", `#${new URLSearchParams({ q: query })}`);
      });
      addEventListener("hashchange", answer);
      answer();
    })
    .catch(() => status.append(element("p", "Search could not be loaded. The pages of this guide are listed here.")));
})();
