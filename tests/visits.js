// What a page is like just now, as plain data for tests/visits.py; a list of faults is empty when all is well.
globalThis.seen = {
  width: () => document.documentElement.scrollWidth,

  textSize: () => parseFloat(getComputedStyle(document.querySelector("main p")).fontSize),

  words: (selector) => [...document.querySelectorAll(selector)].flatMap((part) => part.innerText.split("\n")),

  // How high the first link to a number is, 0 when it cannot be seen.
  tapHeight: (number) => {
    const link = document.querySelector(`a[href="tel:${number}"]`)
    return link.checkVisibility({ visibilityProperty: true }) ? link.getBoundingClientRect().height : 0
  },

  // Where the focus is, and which share of it is on the screen.
  focus: () => new Promise((done) => new IntersectionObserver(([entry], observer) => {
    observer.disconnect()
    done([entry.target.getAttribute("href"), entry.intersectionRatio])
  }).observe(document.activeElement)),

  // The left and the right edge of each part.
  columns: (...selectors) => selectors.map((selector) => {
    const box = document.querySelector(selector).getBoundingClientRect()
    return [box.left, box.right]
  }),

  notUnderlined: () => [...document.querySelectorAll("main a[href], footer a[href]")]
    .filter((link) => getComputedStyle(link).textDecorationLine !== "underline" && !link.ariaCurrent)
    .map((link) => link.outerHTML),

  // Links and buttons that are smaller than they must be: alone on their line 44 px high, within words 24 px either
  // way.
  tooSmall: () => [...document.querySelectorAll("a[href], button, input, summary")].flatMap((target) => {
    const box = target.getBoundingClientRect()
    const alone = target.closest(".emergency-line, .text-help > h1 + ul, .care-emergency h3, .header, .guide-list, "
      + ".on-this-page, .previous-next, .links, .actions, .search, .tools, .open-line")
    const tall = alone ? 44 : 24
    const hidden = !box.width || target.matches(".md-skip")
    return hidden || (box.height >= tall && box.width >= 24) ? [] :
      [`${target.textContent.trim()}: ${Math.round(box.width)} x ${Math.round(box.height)}, wants ${tall}`]
  }),

  // Numbers that begin on one line and end on the next, and marks of up to three sources, whose halves look like two
  // marks.
  splitNumbers: () => [...document.querySelectorAll("a[href^='tel:'], a[href^='sms:'], .cite a")]
    .filter((link) => link.getClientRects().length > 1 && link.textContent.split(",").length < 4)
    .map((link) => link.textContent),

  whole: "h1, h2, h3, h4, .header a, .card > a, .overdose-steps strong, table.hours th",

  // Words of headings and steps that begin on one line and end on the next; at a hyphen they may, and so may Chinese
  // anywhere.
  splitWords: () => [...document.querySelectorAll(seen.whole)].flatMap((heading) => {
    const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT), split = []
    for (let text; (text = texts.nextNode());) {
      if (text.parentElement.offsetWidth === 1) continue // only heard
      for (const word of text.data.matchAll(/(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu)) {
        const range = document.createRange()
        range.setStart(text, word.index)
        range.setEnd(text, word.index + word[0].length)
        if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) split.push(word[0])
      }
    }
    return split
  }),

  // What does not fit at this size of the screen, and with text at twice its size.
  fit: () => {
    const before = seen.textSize()
    const found = { misfits: seen.misfits(), tooSmall: seen.tooSmall(), splitNumbers: seen.splitNumbers() }
    document.documentElement.style.fontSize = "200%"
    found.misfitsEnlarged = seen.misfits().concat(seen.splitWords())
    found.enlarged = seen.textSize() / before
    document.documentElement.style.fontSize = ""
    return found
  },

  // That the page is too wide, what sticks out to the right, and what a box cuts off.
  misfits: () => {
    const page = seen.width() > innerWidth ? [`the page is ${seen.width()} wide`] : []
    return page.concat([...document.querySelectorAll("body *")].filter((element) => {
      const style = getComputedStyle(element)
      const clips = style.overflowX === "hidden" || style.overflowX === "clip"
      const cut = clips && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1
      const box = element.getBoundingClientRect()
      const wide = box.width > 1 && box.right > innerWidth + 1
      const out = wide && style.position !== "absolute" && !element.closest("svg")
      return (cut || out) && element.innerText?.trim()
    }).map((element) => element.outerHTML.slice(0, 120)))
  },
}
