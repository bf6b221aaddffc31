"use strict";
// Rankings of other libraries over the guide's own index, for scripts/bench help. Each takes the index and gives a
// function: query -> addresses, best first. They get our lay words, keywords and weights, and their own stemming.
const SMALL = (index) => new Set(index.small);
const lay = (index) => {
  const words = new Map(Object.entries(index.same).flatMap(([head, members]) => members.map((one) => [one, head])));
  return (word) => words.get(word) || words.get(word.replace(/s$/, ""));
};

const Rankers = {
  MiniSearch: (index) => {
    const small = SMALL(index);
    const same = lay(index);
    const stem = (word) => word.toLowerCase().replace(/['’]/g, "").replace(/^(.{3,}?)(?:ing|ed|es|s|e)$/, "$1");
    const search = new MiniSearch({
      idField: "location",
      fields: ["title", "text", "keywords"],
      processTerm: stem,
      searchOptions: {
        boost: { title: 2.5, keywords: 2 },
        prefix: true,
        fuzzy: (word) => (word.length > 4 ? 0.2 : false),
        processTerm: (word) => {
          const plain = word.toLowerCase().replace(/['’]/g, "");
          return small.has(plain) ? null : [stem(plain), same(plain) && stem(same(plain))].filter(Boolean);
        },
      },
    });
    search.addAll(index.docs);
    return (query) => search.search(query).map(({ id }) => id);
  },

  lunr: (index) => {
    const small = SMALL(index);
    const same = lay(index);
    const search = lunr(function build() {
      this.ref("location");
      this.field("title", { boost: 2.5 });
      this.field("text");
      this.field("keywords", { boost: 2 });
      index.docs.forEach((doc) => this.add(doc));
    });
    return (query) => search.query((asked) => {
      for (const word of query.toLowerCase().replace(/['’]/g, "").match(/[a-z0-9]+/g) || []) {
        if (small.has(word)) continue;
        asked.term(lunr.tokenizer(word), { boost: 10 });
        asked.term(word, { wildcard: lunr.Query.wildcard.TRAILING, boost: 5, usePipeline: false });
        if (word.length > 4) asked.term(word, { editDistance: 1, boost: 1, usePipeline: false });
        if (same(word)) asked.term(lunr.tokenizer(same(word)), { boost: 6 });
      }
    }).map(({ ref }) => ref);
  },
};
