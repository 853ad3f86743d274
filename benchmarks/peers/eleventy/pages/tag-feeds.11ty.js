import { feed } from "../layouts/parts.js";

export const data = {
  pagination: { data: "collections.tagGroups", size: 1, alias: "group" },
  permalink: ({ group }) => `/tags/${group.tag}/feed.xml`,
  eleventyImport: { collections: ["notes"] },
};

export const render = ({ group }) =>
  feed(`${group.tag} · Corpus`, `/tags/${group.tag}/feed.xml`, `/tags/${group.tag}/`, group.newest);
