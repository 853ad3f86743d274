// Eleventy's settings for the benchmark: the same pages as the other generators, made as fast as settings allow.

import { load } from "js-yaml";

const PER_PAGE = 30;

const day = (note) => note.date.toISOString().slice(0, 10);

/** Cut the list of notes at an address into pages. */
function paginated(address, heading, notes, extra = {}) {
  const count = Math.ceil(notes.length / PER_PAGE);
  const at = (number) => (number === 1 ? address : `${address}page/${number}/`);
  return Array.from({ length: count }, (_, index) => ({
    ...extra,
    address: at(index + 1),
    base: address,
    heading,
    total: notes.length,
    number: index + 1,
    count,
    newer: index > 0 ? at(index) : null,
    older: index + 1 < count ? at(index + 2) : null,
    notes: notes.slice(index * PER_PAGE, (index + 1) * PER_PAGE),
  }));
}

/** Group notes by what `keys` returns of each. */
function grouped(notes, keys) {
  const groups = new Map();
  for (const note of notes) {
    for (const key of keys(note)) {
      const group = groups.get(key);
      if (group) group.push(note);
      else groups.set(key, [note]);
    }
  }
  return groups;
}

export default function (config) {
  config.setUseGitIgnore(false);
  config.addPassthroughCopy("style.css");

  // Of what is called "tags", Eleventy makes collections of its own, and sorts all pages once for each. Nothing here uses
  // them, so front matter is read with another name for its tags.
  config.setFrontMatterParsingOptions({
    engines: {
      yaml: (text) => {
        const { tags, ...fields } = load(text);
        return { ...fields, topics: tags };
      },
    },
  });

  // All groups are made once, from one sorted list.
  let made;
  const groups = (api) => {
    if (made?.api === api) return made;
    const notes = api
      .getFilteredByGlob("content/*.md")
      .sort((one, other) => other.date - one.date || (one.inputPath < other.inputPath ? 1 : -1));
    notes.forEach((note, index) => {
      note.data.newer = notes[index - 1];
      note.data.older = notes[index + 1];
    });
    made = {
      api,
      notes,
      tags: grouped(notes, (note) => note.data.topics),
      years: grouped(notes, (note) => [day(note).slice(0, 4)]),
      months: grouped(notes, (note) => [day(note).slice(0, 7)]),
    };
    return made;
  };

  config.addCollection("notes", (api) => groups(api).notes);
  config.addCollection("tagGroups", (api) =>
    [...groups(api).tags].map(([tag, notes]) => ({ tag, count: notes.length, newest: notes.slice(0, 50) })),
  );
  config.addCollection("periods", (api) => {
    const { years, months } = groups(api);
    return [...years.keys()].map((year) => ({
      year,
      months: [...months].filter(([month]) => month.startsWith(year)).map(([month, notes]) => [month, notes.length]),
    }));
  });
  config.addCollection("lists", (api) => {
    const { tags, years, months } = groups(api);
    const ofYear = (year) => [...months.keys()].filter((month) => month.startsWith(year)).reverse();
    return [
      ...[...tags].flatMap(([tag, notes]) => paginated(`/tags/${tag}/`, tag, notes, { feed: `/tags/${tag}/feed.xml` })),
      ...[...years].flatMap(([year, notes]) => paginated(`/${year}/`, year, notes, { months: ofYear(year) })),
      ...[...months].flatMap(([month, notes]) => paginated(`/${month.replace("-", "/")}/`, month, notes)),
    ];
  });

  return {
    dir: { input: ".", includes: "layouts", output: "_site" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: false,
  };
}
