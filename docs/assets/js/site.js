"use strict";
// Says whether the clinic is open, in the clinic's own time whatever the reader's, from the facts that the page states.
// The page is whole without it.
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

  const status = ({ date, time }, hours, closures) => {
    const on = (day) => closures.find((one) => one.date === day) || hours.find((one) => one.day === weekday(day)) || {};
    const today = on(date);
    if (today.opens <= time && time < today.closes) return { open: true, words: `Open now, closes ${spoken(today.closes)}` };
    for (let ahead = 0; ahead < 60; ahead += 1) {
      const day = later(date, ahead);
      const { opens } = on(day);
      if (!opens || (ahead === 0 && opens <= time)) continue;
      const when = ahead === 0 ? "today" : ahead < 7 ? weekday(day) : dated(day);
      return { open: false, words: `Closed, opens ${when} ${spoken(opens)}` };
    }
    return { open: false, words: "Closed" };
  };

  const place = document.querySelector("[data-hours]");
  const clock = place && clockOf(place.dataset.zone);

  const show = () => {
    const now = read(clock, Date.now());
    const closures = JSON.parse(place.dataset.closures);
    const { open, words } = status(now, JSON.parse(place.dataset.hours), Array.isArray(closures) ? closures : []);
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
