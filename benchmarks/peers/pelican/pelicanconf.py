"""Pelican's settings for the benchmark: the same pages as the other generators, made as fast as settings allow."""

SITENAME = "Corpus"
SITEURL = "https://corpus.example"
FEED_DOMAIN = SITEURL
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
THEME_STATIC_DIR = "."
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["notes"]
TIMEZONE = "UTC"
LOCALE = ["C"]

# Nothing is looked for that is not there: translations take a comparison of each note with each other.
ARTICLE_TRANSLATION_ID = ""
PAGE_TRANSLATION_ID = ""
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
USE_FOLDER_AS_CATEGORY = False
FORMATTED_FIELDS: list[str] = []

# Lists in the notes are indented by two spaces; of the extensions only what these notes need, and that is none.
MARKDOWN = {"extensions": [], "extension_configs": {}, "output_format": "html5", "tab_length": 2}

# Used where the benchmark turns the cache on, which it does for all but the first build.
CONTENT_CACHING_LAYER = "reader"
GZIP_CACHE = False

FILENAME_METADATA = r"\d{4}-\d{2}-\d{2}-(?P<slug>.*)"
DEFAULT_DATE_FORMAT = "%-d %B %Y"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
YEAR_ARCHIVE_URL = "{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = YEAR_ARCHIVE_URL + "index.html"
MONTH_ARCHIVE_URL = "{date:%Y}/{date:%m}/"
MONTH_ARCHIVE_SAVE_AS = MONTH_ARCHIVE_URL + "index.html"
CATEGORY_SAVE_AS = ""
AUTHOR_SAVE_AS = ""

DIRECT_TEMPLATES = ["index", "tags", "archives", "sitemap"]
TAGS_URL = "tags/"
TAGS_SAVE_AS = "tags/index.html"
ARCHIVES_URL = "archive/"
ARCHIVES_SAVE_AS = "archive/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"

DEFAULT_PAGINATION = 30
PAGINATED_TEMPLATES = {"tag": None, "period_archives": None}
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]

FEED_ALL_RSS = "feed.xml"
TAG_FEED_RSS = "tags/{slug}/feed.xml"
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = False
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
