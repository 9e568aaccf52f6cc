<?php

declare(strict_types=1);

namespace Rubricator;

use Rubricator\Admin\DashboardWidget;
use Rubricator\Admin\Metabox;
use Rubricator\Admin\PostList;
use Rubricator\Admin\Privacy;
use Rubricator\Admin\SettingsPage;
use Rubricator\Admin\SiteHealth;
use Rubricator\Bulk\Command;
use Rubricator\Editor\BlockEditor;
use Rubricator\Editor\Routes;
use Rubricator\Queue\PostListener;
use Rubricator\Queue\Worker;
use Rubricator\Server\HttpTransport;
use Rubricator\Site\Installation;
use Rubricator\Site\Taxonomies;
use Rubricator\Tagging\RoutingLog;

/** Every hook of the plugin, and nothing else. */
final class Plugin
{
    public const VERSION = '0.1.0';
    private static string $file = '';

    public static function boot(string $file): void
    {
        self::$file = $file;
        register_activation_hook($file, [Installation::class, 'onActivated']);
        register_deactivation_hook($file, [Installation::class, 'onDeactivated']);
        add_action('plugins_loaded', [Installation::class, 'onLoaded']);
        add_action('init', [Taxonomies::class, 'register']);

        add_action('wp_after_insert_post', [PostListener::class, 'onSaved'], 10, 2);
        add_action('added_term_relationship', [PostListener::class, 'onTermAdded'], 10, 3);
        add_action('deleted_term_relationships', [PostListener::class, 'onTermsRemoved'], 10, 3);
        add_action('pre_delete_term', [PostListener::class, 'onTermDeleted'], 10, 2);
        add_action('before_delete_post', [PostListener::class, 'onDeleted']);

        add_filter('cron_schedules', [Installation::class, 'addMinute']);
        add_action(Worker::EVENT, [Worker::class, 'onCron']);
        add_action('shutdown', [Worker::class, 'onShutdown'], 0);
        add_action('http_api_curl', [HttpTransport::class, 'capTimeout'], 10, 2);

        add_action('rest_api_init', [Routes::class, 'register']);
        add_action('enqueue_block_editor_assets', [BlockEditor::class, 'enqueue']);
        add_action('add_meta_boxes', [Metabox::class, 'add'], 10, 2);

        add_action('admin_menu', [SettingsPage::class, 'addToMenu']);
        add_action('admin_init', [SettingsPage::class, 'register']);
        add_action('admin_enqueue_scripts', [SettingsPage::class, 'enqueue']);
        add_filter('plugin_action_links_' . plugin_basename($file), [SettingsPage::class, 'addLink']);
        add_action('admin_init', [PostList::class, 'listen']);
        add_action('admin_init', [Privacy::class, 'suggest']);
        add_action('restrict_manage_posts', [PostList::class, 'showFilter']);
        add_action('pre_get_posts', [PostList::class, 'filter']);
        add_action('admin_notices', [PostList::class, 'showNotice']);
        add_action('wp_dashboard_setup', [DashboardWidget::class, 'add']);
        add_filter('site_status_tests', [SiteHealth::class, 'addTests']);

        add_action(Installation::DAILY_EVENT, [Installation::class, 'daily']);
        add_action('rubricator_mail_desk', [RoutingLog::class, 'onMail'], 10, 4);
        add_action('wp_initialize_site', [Installation::class, 'onSiteMade'], 20);
        add_action('wp_uninitialize_site', [Installation::class, 'onSiteGone']);
        if (defined('WP_CLI') && WP_CLI) {
            \WP_CLI::add_command('rubricator', Command::class);
        }
    }

    public static function path(string $inside): string
    {
        return plugin_dir_path(self::$file) . $inside;
    }

    public static function url(string $inside): string
    {
        return plugins_url($inside, self::$file);
    }
}
