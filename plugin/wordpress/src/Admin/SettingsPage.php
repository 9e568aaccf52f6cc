<?php

declare(strict_types=1);

namespace Rubricator\Admin;

use Rubricator\Plugin;
use Rubricator\Site\KindSettings;
use Rubricator\Site\Settings;
use Rubricator\Site\Taxonomies;
use Rubricator\Tagging\Mode;

/** Settings → Rubricator. WordPress' options.php checks nonce and capability. */
final class SettingsPage
{
    private const GROUP = 'rubricator';
    private const SLUG = 'rubricator';

    public static function addToMenu(): void
    {
        $title = __('Rubricator', 'rubricator');
        add_options_page($title, $title, 'manage_options', self::SLUG, [self::class, 'show']);
    }

    public static function register(): void
    {
        register_setting(self::GROUP, Settings::OPTION, [
            'type' => 'array',
            'sanitize_callback' => [self::class, 'sanitized'],
        ]);
    }

    public static function url(): string
    {
        return admin_url('options-general.php?page=' . self::SLUG);
    }

    /** @param array<int|string, string> $links @return array<int|string, string> */
    public static function addLink(array $links): array
    {
        return ['settings' => sprintf(
            '<a href="%s">%s</a>',
            esc_url(self::url()),
            esc_html__('Settings', 'rubricator'),
        )] + $links;
    }

    /**
     * An empty token leaves the one that is saved: it is never sent back to the page.
     *
     * @return array<string, mixed>
     */
    public static function sanitized(mixed $given): array
    {
        $given = is_array($given) ? $given : [];
        $saved = get_option(Settings::OPTION);
        if (!isset($given['token']) || $given['token'] === '') {
            $given['token'] = is_array($saved) ? $saved['token'] ?? '' : '';
        }
        if (!empty($given['forgets_token'])) {
            $given['token'] = '';
        }
        if (isset($given['desk_email_lines'])) {
            $given['desk_emails'] = self::emails((string) $given['desk_email_lines']);
        }
        $settings = Settings::fromArray($given);
        MappingTable::save($settings, $given['mapping'] ?? null);
        return $settings->toArray();
    }

    public static function enqueue(string $page): void
    {
        if ($page === 'edit.php' || $page === 'index.php') {
            wp_enqueue_style('rubricator-admin', Plugin::url('assets/admin/admin.css'), [], Plugin::VERSION);
        }
        if ($page === 'settings_page_' . self::SLUG) {
            $needs = ['wp-api-fetch', 'wp-i18n'];
            $url = Plugin::url('assets/admin/settings.js');
            wp_enqueue_script('rubricator-settings', $url, $needs, Plugin::VERSION, true);
            wp_set_script_translations('rubricator-settings', 'rubricator', Plugin::path('languages'));
            wp_enqueue_style('rubricator-admin', Plugin::url('assets/admin/admin.css'), [], Plugin::VERSION);
        }
    }

    public static function show(): void
    {
        $settings = Settings::load();
        echo '<div class="wrap rubricator-settings"><h1>', esc_html__('Rubricator', 'rubricator'), '</h1>';
        echo '<form method="post" action="options.php">';
        settings_fields(self::GROUP);
        self::showServer($settings);
        self::showLabels($settings);
        MappingTable::show($settings);
        self::showDesks($settings);
        self::showRest($settings);
        submit_button();
        echo '</form></div>';
    }

    private static function showServer(Settings $settings): void
    {
        echo '<h2>', esc_html__('Server', 'rubricator'), '</h2><table class="form-table" role="presentation">';
        Field::select('transport', __('Way', 'rubricator'), $settings->transport, [
            'http' => __('HTTP: works on any host', 'rubricator'),
            'native' => __('librubricator by PHP FFI: gRPC, or no server at all', 'rubricator'),
        ]);
        Field::text('server_url', __('Address', 'rubricator'), $settings->serverUrl, 'url', 'http://127.0.0.1:8080');
        $isFixed = defined('RUBRICATOR_TOKEN');
        $hint = match (true) {
            $isFixed => __('Set by RUBRICATOR_TOKEN in wp-config.php.', 'rubricator'),
            $settings->token() !== '' => __('One is saved. Leave empty to keep it.', 'rubricator'),
            default => __('RUBRICATOR_TOKEN in wp-config.php would keep it out of the database.', 'rubricator'),
        };
        Field::text('token', __('Token', 'rubricator'), '', 'password', '', $hint, $isFixed);
        if (!$isFixed && $settings->token() !== '') {
            Field::checkbox('forgets_token', '', false, __('Forget the saved token', 'rubricator'));
        }
        Field::text('library_path', __('Library', 'rubricator'), $settings->libraryPath, 'text', 'librubricator.so.0');
        Field::text(
            'native_target',
            __('Target of the library', 'rubricator'),
            $settings->nativeTarget,
            'text',
            '127.0.0.1:50051',
            __('A gRPC address, or embedded:/path/to/bundle.', 'rubricator'),
        );
        echo '<tr><th></th><td><button type="button" class="button" id="rubricator-test">',
            esc_html__('Test the connection', 'rubricator'),
            '</button> <span id="rubricator-test-result" role="status"></span></td></tr></table>';
    }

    private static function showLabels(Settings $settings): void
    {
        echo '<h2>', esc_html__('Labels', 'rubricator'), '</h2><table class="widefat striped rubricator-kinds"><thead><tr>';
        foreach (['', __('Taxonomy', 'rubricator'), __('Mode', 'rubricator'), __('Threshold', 'rubricator')] as $title) {
            echo '<th scope="col">', esc_html($title), '</th>';
        }
        echo '</tr></thead><tbody>';
        foreach ($settings->kinds as $name => $target) {
            echo '<tr><th scope="row">', esc_html(Taxonomies::title($target->kind)), '</th><td>';
            Field::choice("kinds][$name][taxonomy", $target->taxonomy, self::taxonomies($target, $settings));
            echo '</td><td>';
            Field::choice("kinds][$name][mode", $target->mode->value, [
                Mode::Apply->value => __('Set automatically', 'rubricator'),
                Mode::Suggest->value => __('Only suggest', 'rubricator'),
                Mode::Off->value => __('Off', 'rubricator'),
            ]);
            printf(
                '</td><td><input type="number" name="%s" value="%s" min="0" max="1" step="0.01" aria-label="%s"></td></tr>',
                esc_attr(Field::name("kinds][$name][threshold")),
                esc_attr((string) $target->threshold),
                esc_attr__('Threshold', 'rubricator'),
            );
        }
        echo '</tbody></table><p class="description">',
            esc_html__('A label that is less sure than the threshold is suggested, not set.', 'rubricator'), '</p>';
    }

    /** @return array<string, string> */
    private static function taxonomies(KindSettings $target, Settings $settings): array
    {
        /* translators: %s: name of a taxonomy */
        $own = sprintf(__('%s (of this plugin)', 'rubricator'), Taxonomies::title($target->kind));
        $choices = [$target->kind->ownTaxonomy() => $own];
        foreach ($settings->postTypes as $type) {
            foreach (get_object_taxonomies($type, 'objects') as $taxonomy) {
                if ($taxonomy->show_ui && !str_starts_with($taxonomy->name, 'rubricator_')) {
                    $choices[$taxonomy->name] = $taxonomy->label;
                }
            }
        }
        return $choices;
    }

    private static function showDesks(Settings $settings): void
    {
        echo '<h2>', esc_html__('Desks', 'rubricator'), '</h2><table class="form-table" role="presentation">';
        Field::text(
            'desk_meta_key',
            __('Custom field', 'rubricator'),
            $settings->deskMetaKey,
            'text',
            '',
            __('Gets the desk of each routed post; empty: none.', 'rubricator'),
        );
        $lines = [];
        foreach ($settings->deskEmails as $desk => $email) {
            $lines[] = "$desk $email";
        }
        printf(
            '<tr><th scope="row"><label for="rubricator-desk_email_lines">%s</label></th><td>'
                . '<textarea id="rubricator-desk_email_lines" name="%s" rows="4" class="regular-text">%s</textarea>'
                . '<p class="description">%s</p></td></tr></table>',
            esc_html__('E-mail to desks', 'rubricator'),
            esc_attr(Field::name('desk_email_lines')),
            esc_textarea(implode("\n", $lines)),
            esc_html__('A line for each: the desk, a space, the address.', 'rubricator'),
        );
    }

    private static function showRest(Settings $settings): void
    {
        echo '<h2>', esc_html__('Posts and people', 'rubricator'), '</h2><table class="form-table" role="presentation">';
        $types = [];
        foreach (get_post_types(['public' => true], 'objects') as $type) {
            if ($type->name !== 'attachment') {
                $types[$type->name] = $type->label;
            }
        }
        Field::checkboxes('post_types', __('What is classified', 'rubricator'), $settings->postTypes, $types);
        $roles = array_map('translate_user_role', wp_roles()->get_names());
        Field::checkboxes('deciders', __('Who accepts and rejects', 'rubricator'), $settings->deciders, $roles);
        Field::checkbox(
            'erases_on_uninstall',
            __('Uninstalling', 'rubricator'),
            $settings->erasesOnUninstall,
            __('Erases tables, settings and the terms of the plugin’s own taxonomies', 'rubricator'),
        );
        echo '</table>';
    }

    /** @return array<string, string> */
    private static function emails(string $lines): array
    {
        preg_match_all('/^\s*(\S+)\s+(\S+)\s*$/m', $lines, $found);
        return array_combine($found[1], $found[2]);
    }
}
