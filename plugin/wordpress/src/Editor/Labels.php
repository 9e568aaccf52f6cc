<?php

declare(strict_types=1);

namespace Rubricator\Editor;

use Rubricator\Plugin;
use Rubricator\Server\Server;
use Rubricator\Site\KindSettings;
use Rubricator\Site\Settings;
use Rubricator\Tagging\Kind;
use Rubricator\Tagging\Mode;
use Rubricator\Tagging\TermMap;

/** Every label that an editor may choose. */
final class Labels
{
    /** @return array<string, array<string, string>> names by label, by kind; kinds that are off left out */
    public static function all(Settings $settings): array
    {
        $all = [];
        foreach ($settings->kinds as $name => $target) {
            if ($target->mode !== Mode::Off) {
                $all[$name] = self::ofKind($settings, $target);
            }
        }
        return $all;
    }

    /** @return array<string, array<string, string>> names of the labels that have a term, by label, by kind */
    public static function ofTerms(Settings $settings): array
    {
        $names = [];
        foreach ($settings->kinds as $name => $target) {
            $names[$name] = [];
            foreach ((new TermMap())->terms($target) as $label => $termId) {
                $term = get_term($termId, $target->taxonomy);
                if ($term instanceof \WP_Term) {
                    $names[$name][$label] = html_entity_decode($term->name, ENT_QUOTES);
                }
            }
        }
        return $names;
    }

    /** The label's name; null when an editor cannot choose it. */
    public static function name(Settings $settings, Kind $kind, string $label): ?string
    {
        return self::ofKind($settings, $settings->kind($kind))[$label] ?? null;
    }

    /**
     * Names of the terms win: a site may have renamed them. Countries come with the plugin, topics from the server.
     *
     * @return array<string, string>
     */
    private static function ofKind(Settings $settings, KindSettings $target): array
    {
        $names = self::ofTerms($settings)[$target->kind->value];
        if ($target->isOwnTaxonomy()) {
            $names += match ($target->kind) {
                Kind::Topic => Server::fromSettings($settings)->topicNames(),
                Kind::Region => self::countries(),
                Kind::Desk => [],
            };
        }
        asort($names);
        return $names;
    }

    /** @return array<string, string> */
    public static function countries(): array
    {
        static $byLanguage = null;
        $byLanguage ??= json_decode((string) file_get_contents(Plugin::path('resources/countries.json')), true);
        return $byLanguage[substr(get_locale(), 0, 2)] ?? $byLanguage['en'];
    }
}
