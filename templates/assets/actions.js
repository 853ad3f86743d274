/* Sorts and filters the ledger of all actions. Without it the page is a plain table, newest first, in pages.
   What is asked for stands in the address; the data are fetched when it is first asked for anything. */

const AT_ONCE = 100;
const NEWEST = "-date";

const root = new URL("..", import.meta.url).pathname;
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
const figures = new Intl.NumberFormat(document.documentElement.lang);

const form = document.querySelector(".filters");
const table = document.querySelector(".actions");
const status = document.querySelector("[role=status]");
const pages = document.querySelector(".pagination");
const body = table.tBodies[0];
const headers = [...table.tHead.rows[0].cells];
const fields = [...form.querySelectorAll("input, select")];
const plain = { rows: [...body.rows], status: status.textContent };
const more = element("p", { className: "more", hidden: true }, element("button", { type: "button" }));
const none = element("p", { className: "empty", hidden: true }, "No action matches. ",
  element("button", { type: "reset" }, "Show all"));

let sort = NEWEST;
let matching = [];
let loading;

/* Elements */

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const link = (address, label) => element("a", { href: root + address }, label);
const remark = (text) => (text ? [element("span", { className: "remark" }, text)] : []);

function several(links) {
  if (!links.length) return [];
  return [element("ul", { className: "several" }, ...links.map((each) => element("li", {}, each)))];
}

function row({ lists, columns }, number) {
  const value = (column, list = column) => lists[list][columns[column][number]];
  const to = (folder, pair) => (pair ? [link(`${folder}/${pair[1]}/`, pair[0])] : []);
  const all = (column, folder) => columns[column][number].flatMap((each) => to(folder, lists[column][each]));
  const [iso, day] = value("day");
  const title = link(`${iso.replaceAll("-", "/")}/${columns.slug[number]}/`, columns.title[number]);
  const sums = columns.fine[number].map((each) => element("data", { value: lists.fine[each][0] }, lists.fine[each][1]));
  const lang = value("lang");
  return withRoles(element("tr", {},
    element("td", {}, element("time", { dateTime: iso }, day)),
    element("th", { scope: "row", ...(lang && { lang }) }, title),
    element("td", {}, ...several(all("organisation", "organisations")), ...remark(value("sector"))),
    element("td", {}, ...to("authorities", value("authority"))),
    element("td", {}, ...to("countries", value("country"))),
    element("td", {}, value("outcome") ?? "", ...remark(value("outcomeRemark", "remark"))),
    element("td", {}, ...several(all("article", "articles"))),
    element("td", { className: "amount" }, ...sums, ...remark(value("fineRemark", "remark"))),
  ));
}

/* Browsers of before 2024 take a table whose rows fold to cards for no table, unless they are told. */
function withRoles(tableRow) {
  tableRow.role = "row";
  for (const cell of tableRow.cells) cell.role = { col: "columnheader", row: "rowheader" }[cell.scope] ?? "cell";
  return tableRow;
}

/* What is asked for */

function read() {
  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    const value = asked.get(field.name) ?? "";
    field.value = value;
    if (field.value !== value && field.options) {
      field.add(new Option(value, value)); // of an old link: shown, and told that nothing has it
      field.value = value;
    }
  }
  const wanted = asked.get("sort") ?? "";
  sort = headers.some((header) => header.dataset.column === wanted.replace("-", "")) ? wanted : NEWEST;
}

/* Returns the query that says so, or nothing where it is all actions, newest first. */
function asked() {
  const query = new URLSearchParams();
  for (const { name, value } of fields) if (value.trim()) query.set(name, value.trim());
  if (sort !== NEWEST) query.set("sort", sort);
  return String(query);
}

function remember({ instead = false } = {}) {
  const address = location.pathname + (asked() && `?${asked()}`);
  if (instead) history.replaceState(null, "", address);
  else if (address !== location.pathname + location.search) history.pushState(null, "", address);
}

/* What matches */

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function load() {
  loading ??= fetch(`${root}actions/rows.json`)
    .then((response) => (response.ok ? response.json() : Promise.reject(response)))
    .catch((error) => { loading = undefined; throw error; });
  return loading;
}

function matches({ lists, columns }) {
  const { words, year, authority, country, outcome } = Object.fromEntries(new URLSearchParams(asked()));
  const wanted = folded(words ?? "").split(/\s+/);
  const text = (number) => folded(
    [columns.title[number], ...columns.organisation[number].map((each) => lists.organisation[each][0])].join(" "));
  const is = (column, part, value) => {
    if (!value) return () => true;
    const place = lists[column].findIndex((each) => (part === null ? each : each[part]) === value);
    return (number) => columns[column][number] === place;
  };
  const tests = [
    (number) => !year || lists.day[columns.day[number]][0].startsWith(`${year}-`),
    is("authority", 1, authority), is("country", 1, country), is("outcome", null, outcome),
    (number) => !words || wanted.every((word) => text(number).includes(word)),
  ];
  return columns.title.flatMap((_, number) => (tests.every((test) => test(number)) ? number : []));
}

/* The key of each action by which a column is put in order, or null; the order of labels is the language's. */
function keys({ lists, columns }, column) {
  if (column === "date") return columns.day.map((_, number) => -number);
  if (column === "fine") return columns.rank.map((rank) => (rank === null ? null : -rank));
  const first = (value) => (Array.isArray(value) ? value[0] : value);
  const labels = column === "title" ? columns.title : columns[column].map((place) => first(lists[column][first(place)]));
  const order = new Map([...new Set(labels)].sort(collator.compare).map((label, place) => [label, place]));
  return labels.map((label) => (label === undefined ? null : order.get(label)));
}

function sorted(numbers, data) {
  const key = keys(data, sort.replace("-", ""));
  const sign = sort.startsWith("-") ? -1 : 1;
  return numbers.sort((a, b) => (key[a] === null) - (key[b] === null) || sign * (key[a] - key[b]) || a - b);
}

/* What is shown */

function shown(data, from, count = AT_ONCE) {
  const next = matching.slice(from, from + count).map((number) => row(data, number));
  body.append(...next);
  const left = matching.length - from - next.length;
  more.hidden = !left;
  more.firstChild.textContent = `Show ${figures.format(Math.min(left, AT_ONCE))} more`;
  return next;
}

async function show() {
  for (const header of headers) {
    const { column } = header.dataset;
    header.ariaSort = { [column]: "ascending", [`-${column}`]: "descending" }[sort] ?? null;
  }
  let data = null;
  if (asked()) {
    try {
      data = await load();
    } catch {
      status.textContent = "The actions could not be loaded. Try again later, or go through the pages.";
      return;
    }
  }
  const all = !asked();
  if (!all && !data) return;
  matching = all ? [] : sorted(matches(data), data);
  body.replaceChildren(...(all ? plain.rows : []));
  if (all) more.hidden = true;
  else shown(data, 0, history.state?.shown ?? AT_ONCE);
  table.hidden = !body.rows.length;
  none.hidden = !table.hidden;
  if (pages) pages.hidden = !all;
  status.textContent = all ? plain.status
    : `${figures.format(matching.length)} of ${figures.format(data.columns.title.length)} actions`;
  if (history.state?.top) scrollTo(0, history.state.top);
}

function change(options) {
  remember(options);
  show();
}

for (const header of headers) {
  const { column } = header.dataset;
  const button = element("button", { type: "button" }, header.textContent);
  const [first, second] = ["date", "fine"].includes(column) ? [`-${column}`, column] : [column, `-${column}`];
  button.addEventListener("click", () => { sort = sort === first ? second : first; change(); });
  header.replaceChildren(button);
}

for (const row of table.rows) withRoles(row);
table.role = "table";
for (const group of [table.tHead, body]) group.role = "rowgroup";
table.after(none, more);
none.lastChild.setAttribute("form", form.id);
more.addEventListener("click", async () => {
  const [first] = shown(await load(), body.rows.length);
  first.querySelector("a").focus();
  history.replaceState({ ...history.state, shown: body.rows.length }, "");
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", ({ target }) => {
  change({ instead: target.type === "search" && new URLSearchParams(location.search).has(target.name) });
});
form.addEventListener("reset", (event) => {
  event.preventDefault();
  for (const field of fields) field.value = "";
  sort = NEWEST;
  change();
  fields[0].focus();
});
history.scrollRestoration = "manual"; // what is gone back to has to be sorted and filtered again first
addEventListener("pagehide", () => history.replaceState({ ...history.state, top: scrollY }, ""));
addEventListener("popstate", () => { read(); show(); });

form.hidden = false;
read();
if (asked()) show();
else if (history.state?.top) scrollTo(0, history.state.top);
