#!/usr/bin/env python3
"""The WordPress plugin from outside: a real WordPress, the real server, a real browser. Needs php, npm, chromium."""
import json
import pathlib
import subprocess
import unittest
import urllib.error
import urllib.request

import project
import wordpress_site
from wordpress_site import FOOTBALL, MEETING, HttpServer, WordPress

LIBRARY = project.BUILD / "plugin" / "cpp" / "librubricator.so"


def setUpModule():
    global server, site
    server = HttpServer().__enter__()
    unittest.addModuleCleanup(server.__exit__, None, None, None)
    site = WordPress(server.url, php_flags=["-d", "ffi.enable=true"]).__enter__()
    unittest.addModuleCleanup(site.__exit__, None, None, None)


def without_defaults(message):
    """protobuf's JSON may write a field that holds its default, or leave it out: both are the same message."""
    if isinstance(message, dict):
        kept = {key: without_defaults(value) for key, value in message.items()}
        return {key: value for key, value in kept.items() if value not in (0, "", False, [], {}, None)}
    return [without_defaults(each) for each in message] if isinstance(message, list) else message


class SiteTest(unittest.TestCase):
    def tearDown(self):
        complaints = site.complaints()
        site.forget_complaints()
        self.assertEqual(complaints, "")

    def browse(self, script, **arguments):
        done = subprocess.run(["node", wordpress_site.FOLDER / script, json.dumps({"url": site.url, **arguments})],
                              capture_output=True, text=True, timeout=180, check=False)
        self.assertEqual(done.returncode, 0, f"{done.stdout}{done.stderr}\n{site.complaints()}")
        return done.stdout.strip()


class EditorTest(SiteTest):
    def test_an_editor_writes_judges_and_saves_again(self):
        title, paragraphs = MEETING
        post = int(self.browse("journey.mjs", title=title, paragraphs=paragraphs).splitlines()[-1])
        self.assertEqual(site.provenances(post, "topic"), {
            "culture": "manual", "foreign_policy": "accepted", "humanitarian_cooperation": "auto", "security": "rejected"})
        self.assertEqual(site.terms(post, "rubricator_topic"), ["culture", "foreign_policy", "humanitarian_cooperation"])
        corrections = [each for each in self.recorded() if each.get("articleSha256") == site.content_hash(post)
                       or each.get("article", {}).get("id") == str(post)]
        self.assertEqual(len(corrections), 1, corrections)
        self.assertEqual(set(corrections[0]["corrected"]["topics"]),
                         {"culture", "foreign_policy", "humanitarian_cooperation"})
        self.assertIn("security", corrections[0]["given"]["topics"])
        self.assertEqual(corrections[0]["editor"], "1")

    def recorded(self):
        """What is in the server's store, once the queue of corrections is empty."""
        site.evaluate("global $wpdb; return $wpdb->query('UPDATE wp_rubricator_jobs SET due_at = 0');")
        site.drain()
        return site.ask("rubricator.v1.CorrectionService/ListCorrections")["corrections"]

    def test_the_server_goes_away_and_comes_back(self):
        title, paragraphs = MEETING
        server.stop()
        post = int(self.browse("down.mjs", title=title, paragraphs=paragraphs).splitlines()[-1])
        self.assertEqual(site.terms(post, "rubricator_topic"), [])
        server.start_again()
        site.evaluate("Rubricator\\Server\\Server::closeBreaker(); return 1;")
        site.drain()
        self.assertEqual(site.terms(post, "rubricator_topic"), ["foreign_policy", "humanitarian_cooperation", "security"])

    def test_hostile_texts_are_shown_and_never_run(self):
        post = site.insert("<img src=x onerror=alert(1)> " + MEETING[0], ["<img src=x onerror=alert(2)>", *MEETING[1]])
        site.drain()
        site.evaluate("""
            global $wpdb;
            $term = (new Rubricator\\Tagging\\TermMap())->term(
                Rubricator\\Site\\Settings::load()->kind(Rubricator\\Tagging\\Kind::Topic), 'security');
            $wpdb->update($wpdb->terms, ['name' => '<img src=x onerror=alert(3)>'], ['term_id' => $term]);
            $analysis = (new Rubricator\\Tagging\\AnalysisStore())->load($a['post']);
            $message = $analysis->message;
            $message['topics'][0]['evidence'][0]['text'] = '<img src=x onerror=alert(4)>';
            $message['desks'][0]['reason'] = '<img src=x onerror=alert(5)>';
            $wpdb->update('wp_rubricator_analyses', ['analysis' => json_encode($message)], ['post_id' => $a['post']]);
            $wpdb->update('wp_rubricator_routings', ['why' => '<img src=x onerror=alert(6)>'], ['post_id' => $a['post']]);
            return 1;""", post=post)
        self.browse("hostile.mjs", post=post)
        site.evaluate("global $wpdb; return $wpdb->update($wpdb->terms, ['name' => 'Security'],"
                      " ['name' => '<img src=x onerror=alert(3)>']);")


class RoadsTest(SiteTest):
    def test_imports_are_classified_by_cron(self):
        meeting, football = site.insert(*MEETING), site.insert(*FOOTBALL)
        site.drained_by_cron()
        self.assertEqual(site.terms(meeting, "rubricator_topic"), ["foreign_policy", "humanitarian_cooperation", "security"])
        self.assertEqual(site.terms(meeting, "rubricator_region"), ["kg", "ru"])
        self.assertEqual(site.provenances(football, "topic"), {"sport": "auto"})

    def test_what_needs_no_answer_costs_none(self):
        post = site.insert(*FOOTBALL)
        site.drain()
        jobs = site.evaluate("""
            $jobs = [];
            $look = function (string $name) use (&$jobs): void {
                $jobs[$name] = array_sum((new Rubricator\\Queue\\JobQueue())->counts()['classify']);
            };
            wp_update_post(['ID' => $a['post'], 'post_excerpt' => 'x']); $look('the same text');
            require_once ABSPATH . 'wp-admin/includes/post.php';
            wp_create_post_autosave(['post_ID' => $a['post'], 'post_type' => 'post', 'post_content' => 'y', 'post_title' => 'y', 'post_excerpt' => '']);
            $look('autosave');
            wp_insert_post(['post_title' => 't', 'post_content' => 'c', 'post_status' => 'auto-draft']); $look('auto-draft');
            wp_insert_post(['post_type' => 'page', 'post_title' => 't', 'post_content' => 'c']); $look('page');
            wp_trash_post($a['post']); $look('trash');
            return $jobs;""", post=post)
        self.assertEqual(set(jobs.values()), {0}, jobs)

    def test_a_save_never_calls_the_server(self):
        server.stop()
        calls = site.evaluate("""
            $calls = 0;
            add_filter('pre_http_request', function ($answer) use (&$calls) { ++$calls; return $answer; });
            $post = wp_insert_post(wp_slash(['post_title' => 'A', 'post_content' => 'Текст', 'post_status' => 'publish']));
            wp_update_post(['ID' => $post, 'post_content' => 'B']);
            wp_set_object_terms($post, [], 'rubricator_topic');
            wp_delete_post($post, true);
            return $calls;""")
        server.start_again()
        self.assertEqual(calls, 0)

    def test_a_removed_term_stays_away_and_a_manual_one_stays(self):
        post = site.insert(*MEETING)
        site.drain()
        site.evaluate("""
            wp_remove_object_terms($a['post'], ['security'], 'rubricator_topic');
            wp_set_object_terms($a['post'], ['sport'], 'rubricator_topic', true);
            wp_update_post(['ID' => $a['post'], 'post_content' => get_post($a['post'])->post_content . ' Ещё абзац.']);
            return 1;""", post=post)
        site.drain()
        self.assertEqual(site.provenances(post, "topic")["security"], "rejected")
        self.assertEqual(site.terms(post, "rubricator_topic"), ["foreign_policy", "humanitarian_cooperation", "sport"])


    def test_a_form_opened_before_does_not_reject_what_was_set_since(self):
        post = site.insert(*MEETING)
        site.drain()
        after = site.evaluate("""
            // What the classic editor's form does when it was opened while only foreign_policy was set.
            $_POST = ['rubricator_seen' => 'topic:foreign_policy', 'post_ID' => (string) $a['post']];
            wp_update_post(['ID' => $a['post'], 'tax_input' => ['rubricator_topic' => []], 'post_excerpt' => 'x']);
            wp_set_object_terms($a['post'], [], 'rubricator_topic');
            wp_update_post(['ID' => $a['post'], 'post_excerpt' => 'y']);
            return 1;""", post=post)
        self.assertEqual(after, 1)
        self.assertEqual(site.provenances(post, "topic"), {
            "foreign_policy": "rejected", "humanitarian_cooperation": "auto", "security": "auto"})
        self.assertEqual(site.terms(post, "rubricator_topic"), ["humanitarian_cooperation", "security"])


class AccessTest(SiteTest):
    def test_a_subscriber_gets_403_from_every_route(self):
        post = site.insert(*FOOTBALL)
        statuses = site.evaluate("""
            wp_set_current_user(get_user_by('login', 'sub')->ID);
            $server = rest_get_server();
            $statuses = [];
            foreach ($server->get_routes('rubricator/v1') as $route => $handlers) {
                if ($route === '/rubricator/v1') { continue; }
                $path = str_replace('(?P<id>\\\\d+)', (string) $a['post'], $route);
                foreach ($handlers as $handler) {
                    foreach (array_keys($handler['methods']) as $method) {
                        $request = new WP_REST_Request($method, $path);
                        $request->set_body_params(['kind' => 'topic', 'label' => 'sport', 'yes' => true,
                                                   'title' => 't', 'content' => 'c']);
                        $statuses["$method $path"] = $server->dispatch($request)->get_status();
                    }
                }
            }
            return $statuses;""", post=post)
        self.assertEqual(len(statuses), 6, statuses)
        self.assertEqual(set(statuses.values()), {403}, statuses)

    def test_no_route_answers_without_a_login(self):
        for path in ("posts/1", "labels"):
            with self.assertRaises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"{site.url}/index.php?rest_route=/rubricator/v1/{path}", timeout=30)
            self.assertEqual(refused.exception.code, 401)
            refused.exception.close()

    def test_labels_and_posts_that_do_not_exist_are_refused(self):
        post = site.insert(*FOOTBALL)
        statuses = site.evaluate("""
            wp_set_current_user(1);
            $statuses = [];
            foreach ([[$a['post'], 'nonsense'], [$a['post'], "x' OR 1=1"], [99999, 'sport']] as [$post, $label]) {
                $request = new WP_REST_Request('POST', "/rubricator/v1/posts/$post/decisions");
                $request->set_body_params(['kind' => 'topic', 'label' => $label, 'yes' => true]);
                $statuses[] = rest_do_request($request)->get_status();
            }
            return $statuses;""", post=post)
        self.assertEqual(statuses, [400, 400, 403])


class TransportTest(SiteTest):
    """The same cases through both ways."""

    CASES = """
        $settings = Rubricator\\Site\\Settings::fromArray($a['settings'] + get_option('rubricator_settings'));
        $server = Rubricator\\Server\\Server::fromSettings($settings);
        $answers = [];
        foreach ($a['cases'] as $name => [$method, $request]) {
            try {
                $answers[$name] = $server->probe('rubricator.v1.' . $method, $request, 2000);
            } catch (Rubricator\\Server\\TransportError $error) {
                $answers[$name] = $error->reason;
            }
        }
        return $answers;"""

    def answers(self, **settings):
        article = {"id": "1", "title": MEETING[0], "body": "\n".join(MEETING[1]), "publishedAt": "2026-11-20T09:00:00Z"}
        options = {"includeEvidence": True, "offsetEncoding": "OFFSET_ENCODING_UTF16"}
        return site.evaluate(self.CASES, settings=settings, cases={
            "one": ["ClassificationService/ClassifyArticle", {"article": article, "options": options}],
            "several": ["ClassificationService/BatchClassifyArticles", {"articles": [article, {"id": "2"}]}],
            "nothing to read": ["ClassificationService/ClassifyArticle", {"article": {"id": "3"}}],
            "too long": ["ClassificationService/ClassifyArticle", {"article": {"title": "x" * 5000}}],
            "no such version": ["ModelService/GetModel", {"version": "never"}],
            "no such method": ["ModelService/Nonsense", {}],
        })

    def test_both_ways_answer_the_same(self):
        native = {"transport": "native", "library_path": str(LIBRARY)}
        http = without_defaults(self.answers(transport="http"))
        self.assertEqual(http["nothing to read"], "invalid_argument")
        self.assertEqual(http["too long"], "invalid_argument")
        self.assertEqual(http["no such version"], "not_found")
        self.assertEqual(http["no such method"], "unimplemented")
        self.assertEqual(len(http["several"]["results"]), 2)
        self.assertEqual([each["code"] for each in http["one"]["analysis"]["regions"]][:2], ["RU", "KG"])
        self.assertEqual(without_defaults(self.answers(**native, native_target=server.grpc)), http)
        embedded = without_defaults(
            self.answers(**native, native_target=f"embedded:{project.MODEL}?routing={project.ROUTING}"))
        self.assertEqual(embedded["one"], http["one"])
        self.assertEqual(embedded["several"], http["several"])

    def test_a_server_that_is_not_there_or_another_one(self):
        for url, reason in (("http://127.0.0.1:9", "unavailable"), (site.url, "malformed")):
            self.assertEqual(set(self.answers(server_url=url).values()), {reason})


class CommandTest(SiteTest):
    def posts(self, count):
        """Posts that nobody queued, as an archive has them before the plugin comes."""
        return site.evaluate("""
            remove_all_actions('wp_after_insert_post');
            $ids = [];
            for ($i = 0; $i < $a['count']; ++$i) {
                $ids[] = wp_insert_post(wp_slash(['post_title' => $a['title'] . " $i", 'post_content' => $a['body'],
                    'post_status' => 'publish', 'tags_input' => ['old']]));
            }
            return $ids;""", count=count, title=FOOTBALL[0], body=wordpress_site.blocks(FOOTBALL[1]))

    def test_an_archive_is_classified_in_two_runs_and_undone(self):
        posts = self.posts(5)
        before = [site.everything_about(post) for post in posts]
        dry = site.wp("classify", "--only-untagged", "--dry-run")
        self.assertIn("topic\tsport\t5\t0", dry)
        self.assertEqual([site.everything_about(post) for post in posts], before)
        first = site.wp("classify", "--only-untagged", "--batch=2", f"--limit={self.first_places(posts[1])}")
        run = first.split("Success: ")[1].split(":")[0]
        self.assertEqual(site.provenances(posts[4], "topic"), {})
        self.assertIn("classified", site.wp("classify", f"--resume={run}"))
        self.assertEqual([site.provenances(post, "topic") for post in posts], [{"sport": "auto"}] * 5)
        self.assertIn("0 left as an editor judged them", site.wp("undo", run))
        self.assertEqual([site.everything_about(post) for post in posts], before)

    def first_places(self, post):
        """How many posts of the archive end with this one."""
        return site.evaluate("global $wpdb; return (int) $wpdb->get_var($wpdb->prepare(\"SELECT COUNT(*) FROM wp_posts"
                             " WHERE post_type = 'post' AND post_status NOT IN ('auto-draft', 'trash', 'inherit')"
                             " AND ID <= %d\", $a['post']));", post=post)

    def test_undo_leaves_what_an_editor_judged(self):
        post = site.insert(*FOOTBALL)
        site.drain()
        site.evaluate("wp_set_current_user(1); Rubricator\\Tagging\\Tagger::make(Rubricator\\Site\\Settings::load())"
                      "->verdict($a['post'], Rubricator\\Tagging\\Kind::Topic, 'sport', true, 1, 'Sport'); return 1;", post=post)
        run = site.evaluate("global $wpdb; return $wpdb->get_var($wpdb->prepare("
                            "'SELECT run_id FROM wp_rubricator_analyses WHERE post_id = %d', $a['post']));", post=post)
        site.wp("undo", run)
        self.assertEqual(site.provenances(post, "topic"), {"sport": "accepted"})

    def test_status_and_report(self):
        self.assertIn("classify\t", site.wp("status"))
        self.assertIn("topic\t", site.wp("report"))


class MappingTest(SiteTest):
    def tearDown(self):
        site.evaluate("return update_option('rubricator_settings', ['server_url' => $a['url']]);", url=server.url)
        super().tearDown()

    def test_a_sites_own_categories_are_set_by_number_and_others_left_alone(self):
        category = site.evaluate("""
            wp_set_current_user(1);
            $id = wp_insert_term('Desk notes', 'category')['term_id'];
            update_option('rubricator_settings', Rubricator\\Admin\\SettingsPage::sanitized([
                'server_url' => $a['url'], 'kinds' => ['topic' => ['taxonomy' => 'category']],
                'mapping' => ['topic' => [['label' => 'sport', 'term' => $id], ['label' => '<b>', 'term' => $id],
                                          ['label' => 'health', 'term' => 99999]]]]));
            wp_update_term($id, 'category', ['name' => 'Renamed since']);
            return $id;""", url=server.url)
        post = site.insert(*FOOTBALL)
        site.drain()
        terms = site.evaluate("return wp_get_object_terms($a['post'], 'category', ['fields' => 'ids']);", post=post)
        self.assertEqual(sorted(terms), sorted([1, category]))
        self.assertEqual(site.provenances(post, "topic"), {"sport": "auto"})


class ZUninstallTest(SiteTest):
    """Runs last: the site is of no use after it."""

    def test_uninstalling_leaves_nothing(self):
        left = site.evaluate("""
            require_once ABSPATH . 'wp-admin/includes/plugin.php';
            deactivate_plugins('rubricator/rubricator.php');
            uninstall_plugin('rubricator/rubricator.php');
            global $wpdb;
            return [
                $wpdb->get_col("SELECT option_name FROM wp_options WHERE option_name LIKE '%rubricator%'"),
                $wpdb->get_col("SHOW TABLES LIKE 'wp_rubricator%'"),
                $wpdb->get_col("SELECT taxonomy FROM wp_term_taxonomy WHERE taxonomy LIKE 'rubricator%'"),
                str_contains(serialize(_get_cron_array()), 'rubricator'),
            ];""")
        self.assertEqual(left, [[], [], [], False])


if __name__ == "__main__":
    wordpress_site.install_packages()
    if not any(pathlib.Path(f"/usr/bin/{name}").exists() for name in ("chromium", "chromium-browser")):
        project.skip("no Chromium")
    unittest.main()
