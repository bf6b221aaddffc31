"use strict";
// What needs a script on every page: "open now", printing and sharing, folded sources, leaving: one request.
// "Open now" is in the clinic's own time whatever the reader's, from the facts that the page states. On a holiday of
// which the clinic has said nothing, it says that the hours are not confirmed. The page can be read without it.
(() => {
  const DAY = 24 * 60 * 60 * 1000;
  const WEEK = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

  // A clock on the wall of a zone; made once, as making one is slow.
  const clockOf = (timeZone) => new Intl.DateTimeFormat("en-US", {
    timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });

  // What it shows at an instant: {date: "2026-11-22", time: "16:59"}.
  const read = (clock, instant) => {
    const piece = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
    return { date: `${piece.year}-${piece.month}-${piece.day}`, time: `${piece.hour}:${piece.minute}` };
  };

  // A calendar date some days on; dates have no zone, so noon UTC is as good as any.
  const later = (date, days) => new Date(Date.parse(`${date}T12:00Z`) + days * DAY).toISOString().slice(0, 10);
  const weekday = (date) => WEEK[new Date(`${date}T12:00Z`).getUTCDay()];
  const dated = (date, year) =>
    new Date(`${date}T12:00Z`).toLocaleDateString("en-US", { month: "long", day: "numeric", year, timeZone: "UTC" });

  // "17:00" as people write it: "5 pm".
  const spoken = (time) => {
    if (time === "12:00") return "noon";
    if (time === "00:00" || time === "24:00") return "midnight";
    const [hours, minutes] = time.split(":").map(Number);
    return `${(hours + 11) % 12 + 1}${minutes ? `:${time.slice(3)}` : ""} ${hours < 12 ? "am" : "pm"}`;
  };

  // US federal holidays (5 U.S.C. 6103), as scripts/sitecheck/model/federal_holidays.py has them: rules, so that no
  // list runs out. "01 Monday 3" is the third Monday of January.
  const FIXED = ["01-01", "06-19", "07-04", "11-11", "12-25"];
  const MOVABLE = ["01 Monday 3", "02 Monday 3", "09 Monday 1", "10 Monday 2", "11 Thursday 4"];
  const isHoliday = (date) => {
    const [, month, day] = date.split("-");
    const name = weekday(date);
    const observed = later(date, { Friday: 1, Monday: -1 }[name] || 0); // for a Saturday, for a Sunday
    return FIXED.includes(date.slice(5)) || FIXED.includes(observed.slice(5)) ||
      MOVABLE.includes(`${month} ${name} ${Math.ceil(day / 7)}`) ||
      (month === "05" && name === "Monday" && day > 24); // the last Monday of May
  };

  // What the page may say of a place at a time; "" once the place is gone. `closures` is "unknown", or the clinic's
  // word on the years up to its last date, and on holidays up to that very date. A closure ends with its day
  // `through`; `at` names the one place that closes.
  const status = ({ date, time }, { id, hours, first_day: from, last_day: until }, closures) => {
    const listed = Array.isArray(closures) ? closures : [];
    const last = (one) => one.through || one.date;
    const covers = (reaches) => closures !== "unknown" && (!listed.length || listed.some((one) => reaches(last(one))));
    const known = (day) => covers((end) => end.slice(0, 4) >= day.slice(0, 4));
    const named = (day) => covers((end) => end >= day);
    const unconfirmed = (day) => isHoliday(day) && !named(day);
    if (until && date > until) return { words: "" };
    if (date < from) return { words: `Opens ${dated(from, "numeric")}` };
    if (hours === "unknown") return { words: "Hours not confirmed" };
    if (unconfirmed(date)) return { words: "Holiday today: hours not confirmed. Check before you travel." };

    const on = (day) => {
      const special = listed.filter((one) => (!one.at || one.at === id) && one.date <= day && day <= last(one));
      return special.length ? special : hours.filter((one) => one.day === weekday(day));
    };
    const today = on(date);
    const usually = known(date) ? "" : "usually ";
    const begin = (words) => (usually + words).replace(/^./, (letter) => letter.toUpperCase());
    const now = today.find((one) => one.opens <= time && time < one.closes);
    if (now) {
      const allDay = now.opens === "00:00" && now.closes === "24:00";
      const end = allDay ? "all day" : `${usually || now.by_appointment ? "until" : "closes"} ${spoken(now.closes)}`;
      if (now.by_appointment) return { words: begin(`by appointment now, ${end}`) };
      return { open: true, words: begin(`open now, ${end}`) };
    }
    const byAppointment = today.some((one) => one.by_appointment && !(one.closes <= time));
    const closed = begin(byAppointment ? "by appointment today" : usually ? "closed now" : "closed");
    let holidays = "";
    for (let ahead = 0; ahead < 60; ahead += 1) {
      const day = later(date, ahead);
      const next = on(day).find((one) => one.opens && !one.by_appointment && (ahead || one.opens > time));
      if (!next || (until && day > until)) continue;
      const when = ahead === 0 ? "today" : ahead < 7 ? weekday(day) : dated(day);
      const opens = known(day) || usually ? "opens" : "usually opens"; // the list of closures may end before that day
      if (!unconfirmed(day)) return { words: `${closed}, ${opens} ${when} ${spoken(next.opens)}${holidays}` };
      holidays += `. ${when} is a holiday: hours not confirmed.`;
    }
    return { words: closed };
  };

  const place = document.querySelector("[data-hours]");
  const clock = place && clockOf(place.dataset.zone);

  // Places that differ are named, each on a line.
  const show = () => {
    const now = read(clock, Date.now());
    const stated = (key) => JSON.parse(place.dataset[key] || "[{}]");
    const [hours, closures, places] = ["hours", "closures", "places"].map(stated);
    const names = new Map();
    let isOpen = false;
    for (const one of places) {
      const { open, words } = status(now, { ...one, hours: one.hours || hours }, closures);
      if (words) names.set(words, [...names.get(words) || [], one.name]);
      isOpen ||= !!open;
    }
    const lines = [...names].map(([words, those]) => names.size > 1 ? `${those.join(", ")}: ${words}` : words);
    const words = lines.join("\n") || "Closed";
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle("is-open", isOpen);
    place.hidden = false;
    for (const row of document.querySelectorAll("[data-day]")) mark(row, row.dataset.day === weekday(now.date));
  };

  const mark = (row, isToday) => {
    row.classList.toggle("today", isToday);
    row.querySelector(".today-word")?.remove();
    if (isToday) row.cells[0].insertAdjacentHTML("beforeend", '<span class="today-word"> (today)</span>');
  };

  // A saved copy shown without a network may be days old: it must not sound fresh.
  if (place && !("savedOn" in document.documentElement.dataset)) {
    const everyMinute = () => {
      show();
      setTimeout(everyMinute, 60000 - (Date.now() % 60000));
    };
    everyMinute();
    document.addEventListener("visibilitychange", show);
  }

  // On paper for the fridge door, or to someone who cares: what only a script can offer. The device does the sharing.
  const offer = (words, act) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    button.addEventListener("click", act);
    document.querySelector("[data-tools]")?.append(button);
  };
  offer("Print this page", () => print());
  if (navigator.share) {
    offer("Share this page", () => navigator.share({ title: document.title, url: location.href }).catch(() => {}));
  }

  // The sources are folded: they open for a citation that leads to one, and for paper.
  const reveal = (hash) => document.getElementById(hash.slice(1))?.closest("details")?.setAttribute("open", "");
  reveal(location.hash);
  addEventListener("click", ({ target }) => reveal(target.closest("a")?.hash ?? ""));
  addEventListener("beforeprint", () => document.querySelector("details.sources")?.setAttribute("open", ""));

  // The back button of this tab does not return to the page that was left.
  document.querySelector("[data-leave]")?.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(event.currentTarget.href);
  });
})();
