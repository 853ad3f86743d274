// The search page. What is asked for stands in the form and in the page's address, so that it can be shared and gone
// back to; Pagefind, loaded when it is first needed, finds it.

const AT_ONCE = 10; // results shown, and shown more with each press of the button
const PAUSE = 80; // milliseconds without a key after which a search starts
const LONG_PAUSE = 300; // the same after one or two letters, with which nearly every note has some word
const WORDS = 42; // of a passage that is longer, in an excerpt
const BEFORE = 8; // of these, before the first that matches
const EVERY = "\ua66e"; // a word that every note has in the index: without a word, Pagefind would load all of it

const SITE = new URL("../", import.meta.url); // this script is in assets/
const ORDERS = { date: { date: "desc" }, oldest: { date: "asc" }, fine: { fine: "desc" } };

const form = document.querySelector(".query");
const field = form?.elements.q;
const filters = form ? [...form.querySelectorAll("[data-filter]")] : [];
const section = document.querySelector(".found");
const list = section?.querySelector(".results");
const status = section?.querySelector("[role=status]");
const further = section?.querySelector(".further");
const hint = status?.textContent;
const number = new Intl.NumberFormat(document.documentElement.lang);

let pagefind; // the promise of the loaded index
let latest = 0; // the number of the search that may show its results

function load() {
  pagefind ??= import(new URL("pagefind/pagefind.js", SITE))
    .then(async (module) => {
      await module.init();
      return module;
    })
    .catch((error) => {
      pagefind = undefined; // so that the next search tries again
      throw error;
    });
  return pagefind;
}

// The address and the form

function asked() {
  const state = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim()) state.set(name, value.trim());
  }
  return state;
}

function fill(state) {
  for (const element of [field, ...filters, form.elements.sort]) {
    const value = state.get(element.name) ?? "";
    element.value = value;
    if (element.value !== value && element !== form.elements.sort) {
      element.add(new Option(value, value)); // of an old link: shown, and told that nothing has it
      element.value = value;
    }
  }
  if (form.elements.sort.selectedIndex < 0) form.elements.sort.selectedIndex = 0;
}

// A choice is a step to go back to; each letter of a word is not.
function remember(step) {
  const query = asked().toString();
  const address = query ? `?${query}` : location.pathname;
  if (new URL(address, location).href !== location.href) history[step](null, "", address);
}

// Searching

async function search() {
  const turn = ++latest;
  const state = asked();
  document.getElementById("rates")?.toggleAttribute("hidden", state.get("sort") !== "fine");
  const chosen = filters.filter((each) => each.value).map((each) => [each.name, each.value]);
  const words = state.get("q") ?? "";
  if (!words && !chosen.length && !ORDERS[state.get("sort")]) return show({ told: hint });
  try {
    const found = await (await load()).search(words || EVERY, {
      filters: Object.fromEntries(chosen),
      sort: ORDERS[state.get("sort")] ?? (words ? {} : ORDERS.date),
    });
    if (turn === latest) await show({ told: told(found.results.length), results: found.results, turn });
  } catch {
    if (turn === latest) show({ told: "The search failed", failed: true });
  }
}

function told(count) {
  return count ? `${number.format(count)} ${count === 1 ? "action" : "actions"}` : "Nothing found";
}

async function show({ told, results = [], failed = false, turn = latest }) {
  const shown = history.state?.shown ?? AT_ONCE;
  const items = await Promise.all(results.slice(0, shown).map(item));
  if (turn !== latest) return;
  list.replaceChildren(...items);
  status.textContent = told;
  section.querySelector(".hint").hidden = told !== hint;
  section.querySelector(".nothing").hidden = failed || told === hint || results.length > 0;
  section.querySelector(".failed").hidden = !failed;
  more(results, shown);
  if (history.state?.top) scrollTo(0, history.state.top);
}

function more(results, shown) {
  further.hidden = results.length <= shown;
  further.onclick = async () => {
    const turn = latest;
    const items = await Promise.all(results.slice(shown, shown + AT_ONCE).map(item));
    if (turn !== latest) return;
    list.append(...items);
    items[0].querySelector("a").focus();
    history.replaceState({ ...history.state, shown: shown + AT_ONCE }, "");
    more(results, shown + AT_ONCE);
  };
}

// A result

async function item(result) {
  const data = await result.data();
  const { meta, raw_url } = data;
  const address = new URL(raw_url.replace(/^\/+/, ""), SITE).pathname;
  const words = data.content.split(/\s+/);
  const title = meta.title.split(/\s+/);
  const matches = new Set(data.locations);
  const copy = document.getElementById("result").content.cloneNode(true).firstElementChild;
  const part = (selector) => copy.querySelector(selector);

  copy.prepend(Object.assign(document.createElement("time"), { dateTime: meta.date, textContent: meta.day }));
  part("h3 a").href = address;
  part("h3 a").append(...marked(title, 0, matches));
  for (const name of [meta.authority, meta.country].filter(Boolean)) {
    part(".meta").append(Object.assign(document.createElement("span"), { textContent: name }));
  }
  for (const sum of meta.amount?.split(" + ") ?? []) {
    part(".amount").insertBefore(Object.assign(document.createElement("span"), { textContent: sum }), part(".outcome"));
  }
  part(".outcome").textContent = meta.remark ?? "";
  const lang = data.filters.lang?.[0];
  if (lang) part("h3").lang = part(".quote > p").lang = lang;

  const passage = field.value.trim() && best(data, title.length, words.length);
  if (passage) {
    const [from, to] = cut(passage, data.locations);
    part(".quote > p").append(from > passage.from ? "… " : "", ...marked(words.slice(from, to), from, matches), to < passage.to ? " …" : "");
    part(".anchor a").href = passage.anchor ? `${address}#${encodeURIComponent(passage.anchor)}` : address;
    part(".quote").classList.toggle("untagged", !passage.tagged);
  } else {
    part(".quote").remove();
  }
  return copy;
}

// The block of text that matches best, where it starts and ends, and the passage that it is or comes after: only
// passages have an anchor on the note's page. Blocks that start with the same word are one in the other.
function best(data, start, end) {
  const blocks = [];
  let anchor = "";
  for (const each of data.anchors.filter((each) => each.location >= start).sort((a, b) => a.location - b.location)) {
    const tagged = each.id.startsWith("p-");
    if (tagged) anchor = each.id;
    const last = blocks.at(-1);
    if (last?.from === each.location) Object.assign(last, { anchor, tagged: last.tagged || tagged });
    else blocks.push({ from: each.location, anchor, tagged, score: 0 });
  }
  blocks.forEach((block, index) => {
    block.to = blocks[index + 1]?.from ?? end;
  });
  for (const { location, balanced_score } of data.weighted_locations) {
    const block = blocks.findLast((each) => each.from <= location);
    if (block) block.score += balanced_score;
  }
  return blocks.reduce((one, other) => (other.score > one.score ? other : one), blocks[0] ?? null);
}

// The part of a block that an excerpt shows: the one with most matches in it.
function cut({ from, to }, locations) {
  if (to - from <= WORDS) return [from, to];
  const inside = locations.filter((each) => each >= from && each < to);
  const starts = inside.map((each) => Math.min(Math.max(from, each - BEFORE), to - WORDS));
  const matches = (start) => inside.filter((each) => each >= start && each < start + WORDS).length;
  const start = starts.reduce((one, other) => (matches(other) > matches(one) ? other : one), starts[0] ?? from);
  return [start, start + WORDS];
}

// Words as nodes, those that match marked without the punctuation around them. Nothing in a note becomes HTML here.
function marked(words, offset, matches) {
  return words.flatMap((word, index) => {
    const space = index ? " " : "";
    if (!matches.has(offset + index)) return [space + word];
    const [, before, core, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(word);
    return [space + before, Object.assign(document.createElement("mark"), { textContent: core }), after];
  });
}

// The keyboard

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...list.querySelectorAll("h3 a")];
  const place = links.findIndex((link) => link.closest("li").contains(document.activeElement));
  const onField = document.activeElement === field;
  if (event.key === "Escape" && onField && field.value) {
    field.value = "";
    remember("pushState");
    search();
  } else if (event.key === "ArrowDown" && (onField || place >= 0) && links[place + 1]) {
    links[place + 1].focus();
  } else if (event.key === "ArrowUp" && place >= 0) {
    (links[place - 1] ?? field).focus();
  } else {
    return;
  }
  event.preventDefault();
}

function start() {
  let timer;
  const step = (event) => {
    event?.preventDefault();
    clearTimeout(timer);
    remember("pushState");
    search();
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      remember("replaceState");
      search();
    }, /(^|\s)\S{1,2}$/.test(field.value) ? LONG_PAUSE : PAUSE);
  });
  for (const select of form.querySelectorAll("select")) select.addEventListener("change", step);
  form.addEventListener("submit", step);
  form.addEventListener("reset", (event) => {
    fill(new URLSearchParams());
    step(event);
    field.focus();
  });
  form.addEventListener("focusin", () => load().catch(() => {})); // the search itself tells what fails
  document.addEventListener("keydown", keys);
  history.scrollRestoration = "manual"; // what is gone back to has to be found again first
  addEventListener("pagehide", () => history.replaceState({ ...history.state, top: scrollY }, ""));
  addEventListener("popstate", () => {
    fill(new URLSearchParams(location.search));
    search();
  });
  form.querySelector("fieldset").disabled = false;
  section.querySelector(".late").remove();
  fill(new URLSearchParams(location.search));
  search();
}

if (form) start();
