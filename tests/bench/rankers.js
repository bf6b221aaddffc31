"use strict";
// Search libraries over the guide's own index, for scripts/bench help. They are given our lay words, small words,
// keywords and weights, and each is a function of the index: query -> addresses, best first.
const Rankers = (() => {
  const bare = (query) => query.toLowerCase().replace(/['’]/g, "").match(/[a-z0-9]+/g) || [];
  const lay = (index) => {
    const words = new Map(Object.entries(index.same).flatMap(([head, all]) => all.map((one) => [one, head])));
    return (word) => words.get(word) || words.get(word.replace(/s$/, ""));
  };

  const miniSearch = (index) => {
    const same = lay(index);
    const search = new MiniSearch({
      idField: "location",
      fields: ["title", "text", "keywords"],
      processTerm: SearchWords.stem,
      searchOptions: {
        boost: { title: 2.5, keywords: 2 }, prefix: true, fuzzy: (word) => (word.length > 4 ? 0.2 : false),
      },
    });
    search.addAll(index.docs);
    return (query) => {
      const told = bare(query).filter((word) => !index.small.includes(word));
      return search.search(told.flatMap((word) => [word, same(word) || []].flat()).join(" ")).map(({ id }) => id);
    };
  };

  const byLunr = (index) => {
    const same = lay(index);
    const search = lunr(function build() {
      this.ref("location");
      this.field("title", { boost: 2.5 });
      this.field("text");
      this.field("keywords", { boost: 2 });
      index.docs.forEach((doc) => this.add(doc));
    });
    return (query) => search.query((asked) => {
      for (const word of bare(query).filter((one) => !index.small.includes(one))) {
        asked.term(lunr.tokenizer(word), { boost: 10 });
        asked.term(word, { wildcard: lunr.Query.wildcard.TRAILING, boost: 5, usePipeline: false });
        if (word.length > 4) asked.term(word, { editDistance: 1, usePipeline: false });
        if (same(word)) asked.term(lunr.tokenizer(same(word)), { boost: 6 });
      }
    }).map(({ ref }) => ref);
  };

  const ours = (index) => {
    const guide = SearchRanking.prepare({ ...index, answers: [] });
    return (query) => SearchRanking.find(guide, query).results.map(({ location }) => location);
  };

  // First places for each query: of the ranking alone, and of the table of best answers with the ranking behind it.
  const compare = async (queries) => {
    const index = await (await fetch("search_index.json")).json();
    const docs = index.docs.map((doc) => ({ ...doc, title: "", text: "", keywords: "" }));
    const table = SearchRanking.prepare({ ...index, docs });
    const best = queries.map((query) => SearchRanking.find(table, query).results[0]?.location);
    return Object.fromEntries(Object.entries({ ours, MiniSearch: miniSearch, lunr: byLunr }).map(([name, make]) => {
      const ranked = make(index);
      const started = performance.now();
      const alone = queries.map((query) => ranked(query)[0] ?? "nothing");
      const ms = (performance.now() - started) / queries.length;
      return [name, { alone, both: alone.map((one, at) => best[at] ?? one), ms }];
    }));
  };

  return { compare };
})();
