"use strict";
// Says whether the clinic is open, in the clinic's own time whatever the reader's, from the facts that the page states.
// On a holiday that the clinic has not spoken of, it says that the hours are not confirmed. The page is whole without it.
(() => {
  const DAY = 24 * 60 * 60 * 1000;
  const WEEK = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

  // A clock on the wall of a zone; made once, as making one is slow.
  const clockOf = (timeZone) => new Intl.DateTimeFormat("en-US", {
    timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });

  // What it shows at an instant: {date: "2026-11-22", time: "16:59"}.
  const read = (clock, instant) => {
    const part = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
    return { date: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
  };

  // A calendar date some days on; dates have no zone, so noon UTC is as good as any.
  const later = (date, days) => new Date(Date.parse(`${date}T12:00Z`) + days * DAY).toISOString().slice(0, 10);
  const weekday = (date) => WEEK[new Date(`${date}T12:00Z`).getUTCDay()];
  const dated = (date) => new Date(`${date}T12:00Z`).toLocaleDateString("en-US", { month: "long", day: "numeric", timeZone: "UTC" });

  // "17:00" as people write it: "5 pm".
  const spoken = (time) => {
    const [hours, minutes] = time.split(":").map(Number);
    return `${(hours + 11) % 12 + 1}${minutes ? `:${time.slice(3)}` : ""} ${hours < 12 ? "am" : "pm"}`;
  };

  // US federal holidays (5 U.S.C. 6103), as scripts/federal_holidays.py has them: rules, so that no list runs out.
  const FIXED = ["01-01", "06-19", "07-04", "11-11", "12-25"];
  const MOVABLE = ["01 Monday 3", "02 Monday 3", "09 Monday 1", "10 Monday 2", "11 Thursday 4"]; // the third Monday of January
  const isHoliday = (date) => {
    const [, month, day] = date.split("-");
    const name = weekday(date);
    const observed = later(date, { Friday: 1, Monday: -1 }[name] || 0); // for a Saturday, for a Sunday
    return FIXED.includes(date.slice(5)) || FIXED.includes(observed.slice(5)) ||
      MOVABLE.includes(`${month} ${name} ${Math.ceil(day / 7)}`) ||
      (month === "05" && name === "Monday" && day > 24); // the last Monday of May
  };

  // What the page may say at a time. `closures` is "unknown", or the clinic's word on the years up to its last date.
  const status = ({ date, time }, hours, closures) => {
    const listed = Array.isArray(closures) ? closures : [];
    const known = (day) => closures !== "unknown" && (!listed.length || listed.some((one) => one.date.slice(0, 4) >= day.slice(0, 4)));
    const unconfirmed = (day) => isHoliday(day) && !known(day);
    if (unconfirmed(date)) return { open: false, words: "Holiday today: hours not confirmed. Check before you travel." };

    const on = (day) => listed.find((one) => one.date === day) || hours.find((one) => one.day === weekday(day)) || {};
    const today = on(date);
    if (today.opens <= time && time < today.closes) {
      const words = known(date) ? "Open now, closes" : "Usually open now, until";
      return { open: true, words: `${words} ${spoken(today.closes)}` };
    }
    const [closed, next] = known(date) ? ["Closed", "opens"] : ["Usually closed now", "usually opens"];
    let holidays = "";
    for (let ahead = 0; ahead < 60; ahead += 1) {
      const day = later(date, ahead);
      const { opens } = on(day);
      if (!opens || (ahead === 0 && opens <= time)) continue;
      const when = ahead === 0 ? "today" : ahead < 7 ? weekday(day) : dated(day);
      if (!unconfirmed(day)) return { open: false, words: `${closed}, ${next} ${when} ${spoken(opens)}${holidays}` };
      holidays += `. ${when} is a holiday: hours not confirmed.`;
    }
    return { open: false, words: closed };
  };

  const place = document.querySelector("[data-hours]");
  const clock = place && clockOf(place.dataset.zone);

  const show = () => {
    const now = read(clock, Date.now());
    const { open, words } = status(now, JSON.parse(place.dataset.hours), JSON.parse(place.dataset.closures));
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle("is-open", open);
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
  if (navigator.share) offer("Share this page", () => navigator.share({ title: document.title, url: location.href }).catch(() => {}));

  // The back button of this tab does not return to the page that was left.
  document.querySelector("[data-leave]")?.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(event.currentTarget.href);
  });
})();
