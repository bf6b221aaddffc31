"use strict";
// Words as the search compares them.
const SearchWords = (() => {
  const GAP = 3; // words that may stand between two words of a phrase; small ones ("the", "my") do not count

  // Small letters, without accents, apostrophes and characters that nobody sees.
  const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}'’‘ʼ`´]/gu, "");
  const words = (text) => plain(text).replace(/([a-z])\1{2,}/g, "$1$1").match(/[a-z0-9]+/g) || []; // "nooo" is "noo"
  // "doses" and "dose" meet at "dos", "stopping" and "stops" at "stop".
  const stem = (word) => word
    .replace(/ies$/, "y")
    .replace(/^(.{3,}?)(?:ing|ed|es|s|e)$/, "$1")
    .replace(/^(..+)([^aeiouls])\2$/, "$1$2");
  const stems = (text) => words(text).map(stem);
  const chinese = (text) => (plain(text).match(/\p{Script=Han}/gu) || []).join("");

  // Up to a mark that ends a sentence: the dot in "988lifeline.org" does not.
  const sentencesOf = (text) => (text.match(/.+?(?:[.!?](?=\s|$)|$)/g) || []).map((one) => one.trim());

  // Whether at most so many letters are wrong, missing, too many, or swapped with their neighbor.
  const within = (most, one, other) => {
    let before = [];
    let last = [];
    let row = [...Array(other.length + 1).keys()];
    for (let at = 1; at <= one.length; at += 1) {
      [before, last, row] = [last, row, [at]];
      for (let to = 1; to <= other.length; to += 1) {
        row[to] = Math.min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (one[at - 1] !== other[to - 1]));
        const swapped = at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
        if (swapped) row[to] = Math.min(row[to], before[to - 2] + 1);
      }
      if (Math.min(...last, ...row) > most) return false; // from here on, there are only more
    }
    return row[other.length] <= most;
  };
  const single = (word) => word.replace(/(.)\1/g, "$1");
  const misspelt = (one, other) => {
    const short = Math.min(one.length, other.length);
    const most = short < 9 ? 1 : 2;
    if (short < 4 || Math.abs(one.length - other.length) > most) return false;
    return short === 4 ? single(one) === single(other) : within(most, one, other);
  };

  // How well a list of words answers one asked for: whole word 1, the guide's own word for it 2/3, its beginning 1/2.
  const match = (list, { stem: asked, same }) => {
    let best = 0;
    for (const word of list) {
      if (word === asked) return 1;
      if (same === word) best = 2 / 3;
      else if (!best && asked.length > 2 && word.startsWith(asked)) best = 1 / 2;
    }
    return best;
  };

  // Whether a phrase stands in a query, in its order.
  const stands = ([first, ...others], reading, from = 0, to = Infinity) => !first
    || reading.some(({ meanings, place }, at) => at >= from && place <= to && meanings.has(first)
      && stands(others, reading, at + 1, place + 1 + GAP));

  return { plain, words, stem, stems, chinese, sentencesOf, misspelt, match, stands };
})();
