import { escape, ledger, page } from "../layouts/parts.js";

export const data = {
  pagination: { data: "collections.lists", size: 1, alias: "list" },
  permalink: ({ list }) => list.address,
};

const months = (list) =>
  list.months ? `<ul>${list.months.map((month) => `<li><a href="/${month.replace("-", "/")}/">${month}</a></li>`).join("")}</ul>` : "";

export const render = ({ list }) =>
  page(
    list.heading,
    list.address,
    `<h1>${escape(list.heading)}</h1>
<p>${list.total} notes</p>
${months(list)}
${ledger(list.notes)}
<nav aria-label="Pages">
  ${list.newer ? `<a rel="prev" href="${list.newer}">Newer</a>` : ""}
  <span>${list.number} of ${list.count}</span>
  ${list.older ? `<a rel="next" href="${list.older}">Older</a>` : ""}
</nav>`,
    list.feed ? `<link rel="alternate" type="application/rss+xml" title="${escape(list.heading)}" href="${list.feed}">` : "",
  );
