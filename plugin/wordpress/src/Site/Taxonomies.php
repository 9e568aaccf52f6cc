<?php

declare(strict_types=1);

namespace Rubricator\Site;

use Rubricator\Tagging\Kind;

/** The plugin's own taxonomies. Those that the settings leave aside are not registered. */
final class Taxonomies
{
    public static function register(): void
    {
        $settings = Settings::load();
        foreach (Kind::cases() as $kind) {
            if ($settings->kind($kind)->isOwnTaxonomy()) {
                register_taxonomy($kind->ownTaxonomy(), $settings->postTypes, self::arguments($kind));
            }
        }
    }

    public static function title(Kind $kind): string
    {
        return match ($kind) {
            Kind::Topic => __('Topics', 'rubricator'),
            Kind::Region => __('Countries', 'rubricator'),
            Kind::Desk => __('Desks', 'rubricator'),
        };
    }

    /** @return array<string, mixed> */
    private static function arguments(Kind $kind): array
    {
        [$singular, $slug] = match ($kind) {
            Kind::Topic => [__('Topic', 'rubricator'), 'topic'],
            Kind::Region => [__('Country', 'rubricator'), 'country'],
            Kind::Desk => [__('Desk', 'rubricator'), 'desk'],
        };
        return [
            'labels' => ['name' => self::title($kind), 'singular_name' => $singular],
            // Desks are the newsroom's own business; readers do not see them.
            'public' => $kind !== Kind::Desk,
            'show_ui' => true,
            'show_in_rest' => true,
            'hierarchical' => false,
            'show_in_quick_edit' => false,
            // The plugin's own metabox shows all three; columns are the plugin's too.
            'meta_box_cb' => false,
            'show_admin_column' => false,
            'rewrite' => ['slug' => $slug],
        ];
    }
}
