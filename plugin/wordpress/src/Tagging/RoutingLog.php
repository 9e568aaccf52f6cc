<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

use Rubricator\Site\Schema;
use Rubricator\Site\Settings;

/** Which desk got a post, by which rule and why; and what follows from it. */
final class RoutingLog
{
    public function __construct(private readonly Settings $settings)
    {
    }

    /** @param array<string, Decision> $desks desks that the post has just got */
    public function record(int $postId, array $desks, ?StoredAnalysis $analysis, int $editor): void
    {
        $assignments = $analysis?->items(Kind::Desk) ?? [];
        foreach ($desks as $desk => $decision) {
            $desk = (string) $desk;
            $byEditor = $decision->editor !== 0 || $decision->provenance === Provenance::Manual;
            $assignment = $byEditor ? [] : $assignments[$desk] ?? [];
            $rule = $byEditor ? 'editor' : (string) ($assignment['rule'] ?? '');
            $why = (string) ($assignment['reason'] ?? '');
            $this->insert($postId, $desk, $rule, $why, $decision->editor);
            if ($this->settings->deskMetaKey !== '' && $desk === (string) array_key_first($desks)) {
                update_post_meta($postId, wp_slash($this->settings->deskMetaKey), wp_slash($desk));
            }
            if (isset($this->settings->deskEmails[$desk])) {
                // An editor may be waiting for this request; a mail server must not make them.
                wp_schedule_single_event(time(), 'rubricator_mail_desk', [$postId, $desk, $rule, $why]);
            }
            do_action('rubricator_routed', $postId, $desk, [
                'rule' => $rule,
                'reason' => $why,
                'stage' => (string) ($assignment['stage'] ?? ''),
                'tags' => array_values(array_filter((array) ($assignment['tags'] ?? []), 'is_string')),
                'editor' => $decision->editor,
            ]);
        }
    }

    /** @return list<array{desk: string, rule: string, why: string, editor: int, routed_at: int}> newest first */
    public function of(int $postId, int $most = 20): array
    {
        global $wpdb;
        $rows = $wpdb->get_results($wpdb->prepare(
            'SELECT desk, rule, why, editor, routed_at FROM ' . Schema::table('routings')
                . ' WHERE post_id = %d ORDER BY id DESC LIMIT %d',
            $postId,
            $most,
        ), ARRAY_A);
        return array_map(static fn (array $row): array => [
            'desk' => $row['desk'],
            'rule' => $row['rule'],
            'why' => $row['why'],
            'editor' => (int) $row['editor'],
            'routed_at' => (int) $row['routed_at'],
        ], $rows);
    }

    public function forgetPost(int $postId): void
    {
        global $wpdb;
        $wpdb->delete(Schema::table('routings'), ['post_id' => $postId], ['%d']);
    }

    private function insert(int $postId, string $desk, string $rule, string $why, int $editor): void
    {
        global $wpdb;
        $wpdb->insert(Schema::table('routings'), [
            'post_id' => $postId,
            'desk' => $desk,
            'rule' => mb_substr($rule, 0, 128),
            'why' => mb_substr($why, 0, 2000),
            'editor' => $editor,
            'routed_at' => time(),
        ]);
    }

    /** On rubricator_mail_desk, from cron. */
    public static function onMail(int $postId, string $desk, string $rule, string $why): void
    {
        $address = Settings::load()->deskEmails[$desk] ?? '';
        if ($address === '') {
            return;
        }
        $title = html_entity_decode(get_the_title($postId), ENT_QUOTES);
        wp_mail(
            $address,
            /* translators: %s: title of a post */
            sprintf(__('New for your desk: %s', 'rubricator'), $title),
            implode("\n\n", array_filter([
                $title,
                (string) get_edit_post_link($postId, 'raw'),
                /* translators: 1: name of a rule, 2: why it matched */
                sprintf(__('Rule: %1$s. %2$s', 'rubricator'), $rule, $why),
            ])),
        );
    }
}
