"""A fresh WordPress with the built plugin, on a free loopback port, for as long as a test needs it."""
import html
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile

import project

FOLDER = project.SOURCE / "tests" / "wordpress"
BUILDS = FOLDER / "node_modules" / "@wp-playground" / "wordpress-builds"
START_SECONDS = 30
# Each of PHP's workers answers one request at a time; cron's loopback is one of them.
WORKERS = "6"


def article(name):
    """(title, paragraphs) of an example."""
    source = (project.ARTICLES / name).read_text("utf-8")
    text = lambda markup: html.unescape(re.sub(r"<[^>]+>", "", markup)).strip()
    return text(re.search(r"<h1>(.*?)</h1>", source, re.S).group(1)), [
        text(each) for each in re.findall(r"<p>(.*?)</p>", source, re.S)]


def blocks(paragraphs):
    return "\n\n".join(f"<!-- wp:paragraph -->\n<p>{p}</p>\n<!-- /wp:paragraph -->" for p in paragraphs)


MEETING = article("01-russia-kyrgyzstan-presidents.html")
FOOTBALL = article("06-kazakhstan-finland-football.html")


def install_packages():
    """npm's packages of these tests; skips where a program is missing."""
    for program in ("php", "npm", "node", "msgfmt"):
        if not shutil.which(program):
            project.skip(f"no {program}")
    installed = FOLDER / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime > (FOLDER / "package-lock.json").stat().st_mtime:
        return
    subprocess.run(["npm", "ci", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
                   stdout=subprocess.DEVNULL, check=True)


def unpack_wordpress(version, folder):
    """WordPress as npm carries it; `version` is 6.2 to 6.5, beta (6.6), nightly (6.7) or debian (6.1, Debian's package)."""
    if version == "debian":
        unpack_debian(folder)
        return
    with zipfile.ZipFile(BUILDS / "src" / "wordpress" / f"wp-{version}.zip") as archive:
        archive.extractall(folder)
    # Styles, pictures and the minified scripts are not in the archive.
    shutil.copytree(BUILDS / "public" / f"wp-{version}", folder, dirs_exist_ok=True)
    # The archive brings an installed site along; these tests install their own.
    shutil.rmtree(folder / "wp-content" / "database", ignore_errors=True)


def unpack_debian(folder):
    """Without installing it: it would bring a web server along. What it takes from other packages comes from npm's."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["apt-get", "download", "-q", "wordpress"], cwd=scratch, check=True, capture_output=True)
        [package] = pathlib.Path(scratch).glob("wordpress_*.deb")
        subprocess.run(["dpkg", "-x", package, f"{scratch}/root"], check=True)
        unpacked = pathlib.Path(scratch) / "root" / "usr" / "share" / "wordpress"
        (unpacked / ".htaccess").unlink(missing_ok=True)
        shutil.copytree(unpacked, folder, dirs_exist_ok=True, ignore_dangling_symlinks=True)
    older = BUILDS / "public" / "wp-6.2"
    for script in ("underscore.min.js", "underscore.js"):
        (folder / "wp-includes" / "js" / script).unlink(missing_ok=True)
        if (older / "wp-includes" / "js" / script).exists():
            shutil.copy(older / "wp-includes" / "js" / script, folder / "wp-includes" / "js")
    with zipfile.ZipFile(BUILDS / "src" / "wordpress" / "wp-6.2.zip") as archive:
        for name in archive.namelist():
            if "/themes/" in name or "/ID3/" in name:
                archive.extract(name, folder)


def add_sqlite(folder):
    plugins = folder / "wp-content" / "plugins"
    with zipfile.ZipFile(BUILDS / "src" / "sqlite-database-integration" / "sqlite-database-integration.zip") as archive:
        archive.extractall(plugins)
    dropin = plugins / "sqlite-database-integration"
    (plugins / "sqlite-database-integration-main").rename(dropin)
    # As it comes, a query that reads and then writes fails at once when another process wrote in between; no time-out
    # helps. Taking the lock first makes it wait its turn.
    translator = dropin / "wp-includes" / "sqlite" / "class-wp-sqlite-translator.php"
    code = translator.read_text("utf-8")
    assert code.count("'BEGIN'") == 2, code.count("'BEGIN'")
    translator.write_text(code.replace("execute_sqlite_query( 'BEGIN' )", "execute_sqlite_query( 'BEGIN IMMEDIATE' )"), "utf-8")
    text = (dropin / "db.copy").read_text("utf-8")
    text = text.replace("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", str(dropin)).replace(
        "{SQLITE_PLUGIN}", "sqlite-database-integration/load.php")
    (folder / "wp-content" / "db.php").write_text(text, "utf-8")


class HttpServer:
    """rubricator-server with HTTP and a store for corrections; it can be stopped, and started at the same address."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.start()
        self.url = self.server.url
        return self

    def start(self, *flags):
        self.server = project.RunningServer("--corrections-store", f"sqlite:{self.folder.name}/corrections.db", *flags)
        self.grpc = self.server.__enter__()

    def start_again(self):
        self.start("--http-listen", self.url.removeprefix("http://"))

    def stop(self):
        self.server.__exit__()

    def __exit__(self, *_):
        self.stop()
        self.folder.cleanup()


class WordPress:
    """`with WordPress() as site:` installed, plugin active, users admin and sub (password: password)."""

    def __init__(self, rubricator_url, *, version="6.5", settings=None, config="", php_flags=(), sqlite=True):
        self.version, self.config, self.php_flags, self.sqlite = version, config, list(php_flags), sqlite
        self.settings = {"server_url": rubricator_url, **(settings or {})}

    def __enter__(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name) / "wordpress"
        self.folder.mkdir()
        try:
            self.place_files()
            self.start()
            self.php("install.php")
            self.php("activate.php", json.dumps(self.settings))
        except BaseException:
            self.__exit__()
            raise
        return self

    def place_files(self):
        unpack_wordpress(self.version, self.folder)
        if self.sqlite:
            add_sqlite(self.folder)
        shutil.copy(FOLDER / "wp-config.php", self.folder)
        (self.folder / "wp-config-more.php").write_text(f"<?php\n{self.config}\n")
        (self.folder / "wp-content" / "mu-plugins").mkdir()
        shutil.copy(FOLDER / "offline.php", self.folder / "wp-content" / "mu-plugins")
        subprocess.run([project.SOURCE / "scripts" / "build-wordpress-plugin", self.folder.parent / "plugin.zip"],
                       check=True, stdout=subprocess.DEVNULL)
        with zipfile.ZipFile(self.folder.parent / "plugin.zip") as archive:
            archive.extractall(self.folder / "wp-content" / "plugins")

    def start(self):
        self.log = open(self.folder.parent / "php.log", "w+", encoding="utf-8")
        self.server = subprocess.Popen(
            ["php", *self.php_flags, "-S", "127.0.0.1:0", "-t", self.folder], cwd=self.folder,
            env={**os.environ, "PHP_CLI_SERVER_WORKERS": WORKERS}, stdout=self.log, stderr=self.log,
            start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while True:
            found = re.search(r"\((http://127\.0\.0\.1:[1-9]\d*)\) started", self.printed())
            if found:
                self.url = found.group(1)
                return
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PHP's server did not start: {self.printed()}")
            time.sleep(0.02)

    def printed(self):
        return pathlib.Path(self.log.name).read_text("utf-8")

    def debug_log(self):
        """What PHP and WordPress complained about."""
        path = self.folder / "debug.log"
        return path.read_text("utf-8") if path.exists() else ""

    def complaints(self):
        """As debug_log(), without what other people's code is known to complain about."""
        noise = ("sqlite-database-integration", "wp_update_https_detection_errors", "An unexpected error occurred")
        return "\n".join(line for line in self.debug_log().splitlines() if line and not any(n in line for n in noise))

    def forget_complaints(self):
        (self.folder / "debug.log").write_text("")

    def php(self, script, *arguments, check=True, timeout=600):
        """Runs tests/wordpress/SCRIPT inside this site; what it printed."""
        done = subprocess.run(["php", *self.php_flags, FOLDER / script, *map(str, arguments)], capture_output=True,
                              text=True, check=False, timeout=timeout,
                              env={**os.environ, "WORDPRESS": str(self.folder), "WORDPRESS_URL": self.url})
        if check and done.returncode != 0:
            raise RuntimeError(f"{script} ended with {done.returncode}: {self.debug_log() or done.stdout + done.stderr}")
        return done.stdout if check else done

    def evaluate(self, code, **arguments):
        """What a piece of PHP returns inside this site, $a being the arguments."""
        return json.loads(self.php("evaluate.php", code, json.dumps(arguments)))

    def wp(self, *words):
        """`wp rubricator WORDS`."""
        return self.php("wp_cli.php", *words)

    def ask(self, method, **request):
        """The server's answer to the site."""
        return self.evaluate("return Rubricator\\Server\\Server::fromSettings(Rubricator\\Site\\Settings::load())"
                             "->probe($a['method'], $a['request'], 2000);", method=method, request=request)

    def insert(self, title, paragraphs, **fields):
        """The number of a post that an import inserts."""
        return self.evaluate("kses_remove_filters(); return wp_insert_post(wp_slash($a));", post_title=title,
                             post_content=blocks(paragraphs), post_status="publish", **fields)

    def drain(self):
        """Does what waits, here and now."""
        self.evaluate("return Rubricator\\Queue\\Worker::make()->drain(60, PHP_INT_MAX);")

    def drained_by_cron(self):
        """Runs cron until no post waits."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.run_cron()
            counts = self.evaluate("return (new Rubricator\\Queue\\JobQueue())->counts()['classify'];")
            if counts["waiting"] + counts["running"] == 0:
                return
            time.sleep(0.1)
        raise RuntimeError(f"the queue is not drained: {counts}\n{self.complaints()}")

    def provenances(self, post, kind):
        found = self.evaluate(
            "return array_map(fn ($d) => $d->provenance->value,"
            " (new Rubricator\\Tagging\\DecisionStore())->load($a['post'], Rubricator\\Tagging\\Kind::from($a['kind'])));",
            post=post, kind=kind)
        return found or {}

    def terms(self, post, taxonomy):
        return sorted(self.evaluate("return wp_get_object_terms($a['post'], $a['taxonomy'], ['fields' => 'slugs']);",
                                    post=post, taxonomy=taxonomy))

    def content_hash(self, post):
        return self.evaluate("return (new Rubricator\\Tagging\\AnalysisStore())->contentHash($a['post']);", post=post)

    def everything_about(self, post):
        """All that a run may change of a post."""
        return self.evaluate("""
            global $wpdb;
            $of = fn (string $table) => $wpdb->get_results($wpdb->prepare("SELECT * FROM $table WHERE "
                . ($table === 'wp_term_relationships' ? 'object_id' : 'post_id') . " = %d ORDER BY 1, 2, 3", $a['post']));
            return array_map($of, ['wp_term_relationships', 'wp_postmeta', 'wp_rubricator_decisions',
                                   'wp_rubricator_analyses', 'wp_rubricator_jobs']);""", post=post)

    def run_cron(self):
        """What a system's crontab does each minute."""
        urllib.request.urlopen(f"{self.url}/wp-cron.php?doing_wp_cron", timeout=120).read()

    def __exit__(self, *_):
        if hasattr(self, "server"):
            # Its workers outlive it otherwise; they are of its session, which holds nothing else.
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
            self.log.close()
        self.temporary.cleanup()


if __name__ == "__main__":
    sys.exit("a module of wordpress_test.py")
