"use strict";
// Says whether the clinic is open, in the clinic's own time whatever the reader's, from the facts that the page states.
// The page is whole without it.
(() => {
  const DAY = 24 * 60 * 60 * 1000;

  // The clinic's wall clock at an instant: {date: "2026-11-22", time: "16:59"}.
  const clock = (instant, zone) => {
    const parts = new Intl.DateTimeFormat("en-US", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
    }).formatToParts(instant);
    const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
    return { date: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
  };

  // A calendar date some days on; dates have no zone, so noon UTC is as good as any.
  const later = (date, days) => new Date(Date.parse(`${date}T12:00Z`) + days * DAY).toISOString().slice(0, 10);
  const weekday = (date) => new Date(`${date}T12:00Z`).toLocaleDateString("en-US", { weekday: "long", timeZone: "UTC" });

  // "17:00" as people write it: "5 pm".
  const spoken = (time) => {
    const [hours, minutes] = time.split(":").map(Number);
    return `${(hours + 11) % 12 + 1}${minutes ? `:${time.slice(3)}` : ""} ${hours < 12 ? "am" : "pm"}`;
  };

  const status = (instant, { zone, hours, closures }) => {
    const { date, time } = clock(instant, zone);
    const on = (day) => closures.find((one) => one.date === day) || hours.find((one) => one.day === weekday(day)) || {};
    const today = on(date);
    if (today.opens <= time && time < today.closes) return { open: true, words: `Open now, closes ${spoken(today.closes)}` };
    for (let ahead = 0; ahead < 15; ahead += 1) {
      const { opens } = on(later(date, ahead));
      if (!opens || (ahead === 0 && opens <= time)) continue;
      const when = ahead === 0 ? "today" : ahead < 7 ? weekday(later(date, ahead)) : later(date, ahead);
      return { open: false, words: `Closed, opens ${when} ${spoken(opens)}` };
    }
    return { open: false, words: "Closed" };
  };

  const show = () => {
    for (const place of document.querySelectorAll("[data-hours]")) {
      const { hours, closures, zone } = place.dataset;
      const dated = JSON.parse(closures);
      const facts = { zone, hours: JSON.parse(hours), closures: Array.isArray(dated) ? dated : [] };
      const { open, words } = status(Date.now(), facts);
      if (place.textContent !== words) place.textContent = words;
      place.classList.toggle("is-open", open);
      place.hidden = false;
      const day = weekday(clock(Date.now(), zone).date);
      for (const row of document.querySelectorAll("[data-day]")) mark(row, row.dataset.day === day);
    }
  };

  const mark = (row, isToday) => {
    row.classList.toggle("today", isToday);
    row.querySelector(".today-word")?.remove();
    if (isToday) row.cells[0].insertAdjacentHTML("beforeend", '<span class="today-word"> (today)</span>');
  };

  // A saved copy shown without a network may be days old: it must not sound fresh.
  if (!("savedOn" in document.documentElement.dataset)) {
    show();
    setInterval(show, 20000);
    document.addEventListener("visibilitychange", show);
  }

  // Leave without a trace in this tab's history: the back button does not return here.
  document.querySelector("[data-leave]")?.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(event.currentTarget.href);
  });
})();
