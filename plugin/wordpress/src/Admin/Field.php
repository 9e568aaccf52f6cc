<?php

declare(strict_types=1);

namespace Rubricator\Admin;

use Rubricator\Site\Settings;

/** Rows and inputs of the settings page; whatever comes in is escaped here. */
final class Field
{
    /** @param string $key "kinds][topic][mode" for a nested one */
    public static function name(string $key): string
    {
        return Settings::OPTION . "[$key]";
    }

    public static function text(
        string $key,
        string $title,
        string $value,
        string $type = 'text',
        string $placeholder = '',
        string $hint = '',
        bool $isDisabled = false,
    ): void {
        printf(
            '<tr><th scope="row"><label for="rubricator-%1$s">%2$s</label></th><td><input type="%3$s" id="rubricator-%1$s"'
                . ' name="%4$s" value="%5$s" placeholder="%6$s" class="regular-text" autocomplete="off" %7$s>%8$s</td></tr>',
            esc_attr($key),
            esc_html($title),
            esc_attr($type),
            esc_attr(self::name($key)),
            esc_attr($value),
            esc_attr($placeholder),
            disabled($isDisabled, true, false),
            $hint === '' ? '' : '<p class="description">' . esc_html($hint) . '</p>',
        );
    }

    /** @param array<string, string> $choices */
    public static function select(string $key, string $title, string $value, array $choices): void
    {
        printf('<tr><th scope="row"><label for="rubricator-%s">%s</label></th><td>', esc_attr($key), esc_html($title));
        self::choice($key, $value, $choices);
        echo '</td></tr>';
    }

    /** @param array<int|string, string> $choices */
    public static function choice(string $key, string $value, array $choices): void
    {
        printf('<select id="rubricator-%s" name="%s">', esc_attr($key), esc_attr(self::name($key)));
        foreach ($choices as $each => $title) {
            printf(
                '<option value="%s"%s>%s</option>',
                esc_attr((string) $each),
                selected((string) $each, $value, false),
                esc_html($title),
            );
        }
        echo '</select>';
    }

    public static function checkbox(string $key, string $title, bool $isChecked, string $label): void
    {
        printf(
            '<tr><th scope="row">%s</th><td><input type="hidden" name="%2$s" value=""><label>'
                . '<input type="checkbox" name="%2$s" value="1"%3$s> %4$s</label></td></tr>',
            esc_html($title),
            esc_attr(self::name($key)),
            checked($isChecked, true, false),
            esc_html($label),
        );
    }

    /**
     * @param list<string> $checked
     * @param array<string, string> $choices
     */
    public static function checkboxes(string $key, string $title, array $checked, array $choices): void
    {
        printf(
            '<tr><th scope="row">%s</th><td><fieldset><input type="hidden" name="%s" value="">',
            esc_html($title),
            esc_attr(self::name("$key][")),
        );
        foreach ($choices as $value => $label) {
            printf(
                '<label><input type="checkbox" name="%s" value="%s"%s> %s</label><br>',
                esc_attr(self::name("$key][")),
                esc_attr($value),
                checked(in_array($value, $checked, true), true, false),
                esc_html($label),
            );
        }
        echo '</fieldset></td></tr>';
    }
}
