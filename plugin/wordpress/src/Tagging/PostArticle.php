<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

use Rubricator\Site\Settings;
use WP_Post;

/** A post as the server reads it. */
final class PostArticle
{
    private const EXCLUDED_STATUSES = ['auto-draft', 'trash', 'inherit'];

    private function __construct(
        private readonly WP_Post $post,
        public readonly string $title,
        public readonly string $body,
    ) {
    }

    public static function isEligible(WP_Post $post, Settings $settings): bool
    {
        return in_array($post->post_type, $settings->postTypes, true)
            && !in_array($post->post_status, self::EXCLUDED_STATUSES, true)
            && !wp_is_post_revision($post)
            && !wp_is_post_autosave($post)
            && trim($post->post_title . $post->post_content) !== '';
    }

    public static function of(WP_Post $post): self
    {
        return new self($post, $post->post_title, self::withoutShortcodes($post->post_content));
    }

    /** SHA-256 of title, line feed and body, which is what corrections name an article by. */
    public function hash(): string
    {
        return self::hashOf($this->title, $this->body);
    }

    public static function hashOf(string $title, string $body): string
    {
        return hash('sha256', $title . "\n" . $body);
    }

    /** @return array<string, string> rubricator.v1.Article in protobuf's JSON */
    public function message(): array
    {
        $url = (string) get_permalink($this->post);
        $date = $this->post->post_date_gmt;
        $published = $date === '0000-00-00 00:00:00' ? false : strtotime("$date UTC");
        return [
            'id' => (string) $this->post->ID,
            'title' => $this->title,
            'body' => $this->body,
            'format' => 'TEXT_FORMAT_HTML',
            'url' => strlen($url) <= 2048 ? $url : '',
            'source' => (string) apply_filters('rubricator_article_source', '', $this->post->ID),
            'publishedAt' => gmdate('Y-m-d\TH:i:s\Z', $published === false ? time() : $published),
        ];
    }

    /** Blanks the tags of registered shortcodes; every other character keeps its UTF-16 offset. */
    public static function withoutShortcodes(string $content): string
    {
        global $shortcode_tags;
        if (empty($shortcode_tags) || !str_contains($content, '[')) {
            return $content;
        }
        $quoted = array_map(static fn ($tag): string => preg_quote((string) $tag, '/'), array_keys($shortcode_tags));
        $blanked = preg_replace_callback(
            '/\[\/?(?:' . implode('|', $quoted) . ')(?![\w-])[^\[\]]*\]/u',
            static fn (array $tag): string => str_repeat(' ', self::utf16Units($tag[0])),
            $content,
        );
        return $blanked ?? $content;
    }

    private static function utf16Units(string $text): int
    {
        return intdiv(strlen(mb_convert_encoding($text, 'UTF-16LE', 'UTF-8')), 2);
    }
}
