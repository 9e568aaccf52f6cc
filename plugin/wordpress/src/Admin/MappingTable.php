<?php

declare(strict_types=1);

namespace Rubricator\Admin;

use Rubricator\Editor\Labels;
use Rubricator\Server\Server;
use Rubricator\Site\KindSettings;
use Rubricator\Site\Schema;
use Rubricator\Site\Settings;
use Rubricator\Site\Taxonomies;
use Rubricator\Tagging\Kind;
use Rubricator\Tagging\TermMap;

/** Which of the site's own terms stands for which label, by number. */
final class MappingTable
{
    private const EMPTY_ROWS = 3;

    public static function show(Settings $settings): void
    {
        foreach ($settings->kinds as $target) {
            if (!$target->isOwnTaxonomy() && taxonomy_exists($target->taxonomy)) {
                self::showKind($settings, $target);
            }
        }
    }

    /** @param mixed $given rows of {label, term} by kind; what has no label or no term is dropped */
    public static function save(Settings $settings, mixed $given): void
    {
        foreach ($settings->kinds as $name => $target) {
            $rows = is_array($given) ? $given[$name] ?? null : null;
            if ($target->isOwnTaxonomy() || !is_array($rows)) {
                continue;
            }
            $terms = [];
            foreach ($rows as $row) {
                $label = is_array($row) ? (string) ($row['label'] ?? '') : '';
                $term = is_array($row) ? (int) ($row['term'] ?? 0) : 0;
                if (preg_match('/^[\w.:-]{1,64}$/', $label) === 1 && term_exists($term, $target->taxonomy)) {
                    $terms[$label] = $term;
                }
            }
            (new TermMap())->save($target, $terms);
        }
    }

    private static function showKind(Settings $settings, KindSettings $target): void
    {
        $title = sprintf(
            /* translators: 1: Topics, Countries or Desks, 2: name of a taxonomy */
            __('%1$s in “%2$s”', 'rubricator'),
            Taxonomies::title($target->kind),
            get_taxonomy($target->taxonomy)->label,
        );
        echo '<h3>', esc_html($title), '</h3><table class="widefat striped rubricator-mapping"><tbody>';
        $mapped = (new TermMap())->terms($target);
        $names = self::names($settings, $target);
        $row = 0;
        foreach ($names as $label => $name) {
            self::showRow($target, $row++, (string) $label, $name, $mapped[$label] ?? 0);
        }
        for ($i = 0; $i < self::EMPTY_ROWS; ++$i) {
            self::showRow($target, $row++, '', '', 0);
        }
        echo '</tbody></table>';
    }

    private static function showRow(KindSettings $target, int $row, string $label, string $name, int $term): void
    {
        $key = "mapping][{$target->kind->value}][$row";
        echo '<tr><td>';
        if ($label !== '') {
            printf('<input type="hidden" name="%s" value="%s">', esc_attr(Field::name("{$key}][label")), esc_attr($label));
            echo esc_html($name), ' <code>', esc_html($label), '</code>';
        } else {
            printf(
                '<input type="text" name="%s" placeholder="%s" pattern="[A-Za-z0-9_.:\-]*">',
                esc_attr(Field::name("{$key}][label")),
                esc_attr__('another label', 'rubricator'),
            );
        }
        echo '</td><td>';
        wp_dropdown_categories([
            'taxonomy' => $target->taxonomy,
            'name' => Field::name("{$key}][term"),
            'id' => "rubricator-{$target->kind->value}-$row",
            'selected' => $term,
            'show_option_none' => __('— none —', 'rubricator'),
            'option_none_value' => '0',
            'hide_empty' => false,
            'hierarchical' => true,
        ]);
        echo '</td></tr>';
    }

    /** @return array<string, string> labels worth a row: all topics; countries and desks that came up or are mapped */
    private static function names(Settings $settings, KindSettings $target): array
    {
        global $wpdb;
        $names = $target->kind === Kind::Topic ? Server::fromSettings($settings)->topicNames() : [];
        $seen = $wpdb->get_col($wpdb->prepare(
            'SELECT DISTINCT label FROM ' . Schema::table('decisions') . ' WHERE kind = %s ORDER BY label LIMIT 300',
            $target->kind->value,
        ));
        $countries = $target->kind === Kind::Region ? Labels::countries() : [];
        foreach ([...$seen, ...array_keys((new TermMap())->terms($target))] as $label) {
            $names[(string) $label] ??= $countries[$label] ?? (string) $label;
        }
        return $names;
    }
}
