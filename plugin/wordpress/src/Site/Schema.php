<?php

declare(strict_types=1);

namespace Rubricator\Site;

/** The plugin's tables of one site. All times are Unix times; queued_at is in microseconds. */
final class Schema
{
    public const VERSION = 1;
    public const VERSION_OPTION = 'rubricator_schema';
    public const TABLES = ['jobs', 'analyses', 'decisions', 'routings', 'runs', 'run_posts'];

    public static function table(string $name): string
    {
        global $wpdb;
        return $wpdb->prefix . 'rubricator_' . $name;
    }

    public static function install(): void
    {
        global $wpdb;
        require_once ABSPATH . 'wp-admin/includes/upgrade.php';
        $charset = $wpdb->get_charset_collate();
        foreach (self::columns() as $name => $columns) {
            dbDelta('CREATE TABLE ' . self::table($name) . " (\n$columns\n) $charset;");
        }
        update_option(self::VERSION_OPTION, self::VERSION);
    }

    public static function installIfOld(): void
    {
        if ((int) get_option(self::VERSION_OPTION) !== self::VERSION) {
            self::install();
        }
    }

    public static function drop(): void
    {
        global $wpdb;
        foreach (self::TABLES as $name) {
            $wpdb->query('DROP TABLE IF EXISTS ' . self::table($name));
        }
        delete_option(self::VERSION_OPTION);
    }

    /** @return array<string, string> dbDelta wants two spaces after PRIMARY KEY, and a line for each column. */
    private static function columns(): array
    {
        return [
            'jobs' => 'post_id bigint(20) unsigned NOT NULL,
                task varchar(16) NOT NULL,
                state varchar(16) NOT NULL,
                generation int(11) NOT NULL DEFAULT 0,
                attempts int(11) NOT NULL DEFAULT 0,
                queued_at bigint(20) NOT NULL,
                due_at bigint(20) NOT NULL,
                claim varchar(32) NOT NULL DEFAULT \'\',
                claimed_at bigint(20) NOT NULL DEFAULT 0,
                reason varchar(32) NOT NULL DEFAULT \'\',
                message varchar(500) NOT NULL DEFAULT \'\',
                PRIMARY KEY  (post_id,task),
                KEY state_due (state,due_at),
                KEY claim (claim)',
            'analyses' => 'post_id bigint(20) unsigned NOT NULL,
                content_hash varchar(64) NOT NULL,
                outcome varchar(64) NOT NULL,
                model_version varchar(64) NOT NULL,
                analysis longtext NOT NULL,
                run_id varchar(64) NOT NULL,
                classified_at bigint(20) NOT NULL,
                PRIMARY KEY  (post_id),
                KEY classified_at (classified_at)',
            'decisions' => 'post_id bigint(20) unsigned NOT NULL,
                kind varchar(16) NOT NULL,
                label varchar(64) NOT NULL,
                provenance varchar(16) NOT NULL,
                confidence double NULL,
                model_version varchar(64) NOT NULL,
                editor bigint(20) unsigned NOT NULL DEFAULT 0,
                decided_at bigint(20) NOT NULL,
                PRIMARY KEY  (post_id,kind,label),
                KEY provenance_time (provenance,decided_at)',
            'routings' => 'id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
                post_id bigint(20) unsigned NOT NULL,
                desk varchar(64) NOT NULL,
                rule varchar(128) NOT NULL,
                why text NOT NULL,
                editor bigint(20) unsigned NOT NULL DEFAULT 0,
                routed_at bigint(20) NOT NULL,
                PRIMARY KEY  (id),
                KEY post_id (post_id)',
            'runs' => 'run_id varchar(64) NOT NULL,
                state varchar(16) NOT NULL,
                next_post_id bigint(20) unsigned NOT NULL DEFAULT 0,
                choice text NOT NULL,
                counts text NOT NULL,
                started_at bigint(20) NOT NULL,
                changed_at bigint(20) NOT NULL,
                PRIMARY KEY  (run_id)',
            'run_posts' => 'run_id varchar(64) NOT NULL,
                post_id bigint(20) unsigned NOT NULL,
                earlier longtext NOT NULL,
                saved_at bigint(20) NOT NULL,
                PRIMARY KEY  (run_id,post_id)',
        ];
    }
}
