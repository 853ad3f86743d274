// For all notes: what they look like, and where they are.
export default {
  layout: "note.11ty.js",
  permalink: ({ page }) => `/${page.date.toISOString().slice(0, 10).replaceAll("-", "/")}/${page.fileSlug}/`,
};
