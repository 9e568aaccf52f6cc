<?php

declare(strict_types=1);

namespace Rubricator\Site;

use Rubricator\Bulk\RunLog;
use Rubricator\Plugin;
use Rubricator\Queue\Worker;

/** The plugin's coming and going, on one site or on each site of a network. */
final class Installation
{
    public const DAILY_EVENT = 'rubricator_daily';

    public static function onActivated(bool $networkWide): void
    {
        self::onEachSite($networkWide, static function (): void {
            Schema::install();
            self::scheduleEvents();
            Taxonomies::register();
            flush_rewrite_rules(false);
        });
    }

    public static function onDeactivated(bool $networkWide): void
    {
        self::onEachSite($networkWide, static function (): void {
            wp_unschedule_hook(Worker::EVENT);
            wp_unschedule_hook(self::DAILY_EVENT);
            wp_unschedule_hook('rubricator_mail_desk');
        });
    }

    /** Sites that were made, or a plugin that was updated, after activation. */
    public static function onLoaded(): void
    {
        load_plugin_textdomain('rubricator', false, basename(Plugin::path('')) . '/languages');
        if ((int) get_option(Schema::VERSION_OPTION) !== Schema::VERSION) {
            Schema::install();
            self::scheduleEvents();
        }
    }

    /** A site of a network that has the plugin for all sites. */
    public static function onSiteMade(\WP_Site $site): void
    {
        require_once ABSPATH . 'wp-admin/includes/plugin.php';
        if (is_plugin_active_for_network(plugin_basename(Plugin::path('rubricator.php')))) {
            switch_to_blog((int) $site->blog_id);
            Schema::install();
            self::scheduleEvents();
            restore_current_blog();
        }
    }

    /** Before WordPress drops the tables of a site. */
    public static function onSiteGone(\WP_Site $site): void
    {
        switch_to_blog((int) $site->blog_id);
        Schema::drop();
        restore_current_blog();
    }

    public static function daily(): void
    {
        RunLog::forgetOld();
    }

    /**
     * On cron_schedules.
     *
     * @param array<string, array<string, mixed>> $schedules
     * @return array<string, array<string, mixed>>
     */
    public static function addMinute(array $schedules): array
    {
        $schedules['rubricator_minute'] = ['interval' => 60, 'display' => 'Rubricator'];
        return $schedules;
    }

    /** Removes every trace from this site, if the administrator left it so; terms in the site's taxonomies stay. */
    public static function uninstall(): void
    {
        if (!Settings::load()->erasesOnUninstall) {
            return;
        }
        Taxonomies::register();
        foreach (\Rubricator\Tagging\Kind::cases() as $kind) {
            self::deleteTerms($kind->ownTaxonomy());
        }
        Schema::drop();
        foreach ([Settings::OPTION, 'rubricator_terms', 'rubricator_breaker'] as $option) {
            delete_option($option);
        }
        delete_transient('rubricator_topics');
    }

    public static function onEachSite(bool $networkWide, callable $work): void
    {
        if (!$networkWide || !is_multisite()) {
            $work();
            return;
        }
        foreach (get_sites(['fields' => 'ids', 'number' => 0]) as $siteId) {
            switch_to_blog($siteId);
            $work();
            restore_current_blog();
        }
    }

    /** A backstop: whatever was queued without an event of its own is found within a minute of traffic. */
    private static function scheduleEvents(): void
    {
        if (!wp_next_scheduled(Worker::EVENT)) {
            wp_schedule_event(time(), 'rubricator_minute', Worker::EVENT);
        }
        if (!wp_next_scheduled(self::DAILY_EVENT)) {
            wp_schedule_event(time() + DAY_IN_SECONDS, 'daily', self::DAILY_EVENT);
        }
    }

    private static function deleteTerms(string $taxonomy): void
    {
        if (!taxonomy_exists($taxonomy)) {
            register_taxonomy($taxonomy, []);
        }
        $ids = get_terms(['taxonomy' => $taxonomy, 'fields' => 'ids', 'hide_empty' => false]);
        foreach (is_array($ids) ? $ids : [] as $id) {
            wp_delete_term((int) $id, $taxonomy);
        }
    }
}
