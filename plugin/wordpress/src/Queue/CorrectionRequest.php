<?php

declare(strict_types=1);

namespace Rubricator\Queue;

use Rubricator\Tagging\AnalysisStore;
use Rubricator\Tagging\Decision;
use Rubricator\Tagging\DecisionStore;
use Rubricator\Tagging\Kind;
use Rubricator\Tagging\PostArticle;

/** What editors left of an analysis, as rubricator.v1.RecordCorrectionRequest. */
final class CorrectionRequest
{
    private const LISTS = ['topic' => 'topics', 'region' => 'regions', 'desk' => 'desks'];

    /** @return ?array<string, mixed> null when there is nothing to tell: no analysis, or no editor has decided anything */
    public static function of(int $postId): ?array
    {
        $post = get_post($postId);
        $analysis = (new AnalysisStore())->load($postId);
        if ($post === null || $analysis === null) {
            return null;
        }
        $given = [];
        $left = [];
        $last = null;
        foreach (Kind::cases() as $kind) {
            $list = self::LISTS[$kind->value];
            $given[$list] = array_map('strval', array_keys($analysis->items($kind)));
            $decisions = (new DecisionStore())->load($postId, $kind);
            $left[$list] = self::left($given[$list], $decisions);
            foreach ($decisions as $decision) {
                if ($decision->provenance->isEditors() && $decision->decidedAt >= ($last->decidedAt ?? 0)) {
                    $last = $decision;
                }
            }
        }
        if ($last === null) {
            return null;
        }
        $article = PostArticle::of($post);
        $isSameText = $article->hash() === $analysis->contentHash;
        $correction = ($isSameText ? ['article' => $article->message()] : []) + [
            'articleSha256' => $analysis->contentHash,
            'given' => $given,
            'corrected' => $left,
            'editor' => $last->editor > 0 ? (string) $last->editor : '',
            'correctedAt' => gmdate('Y-m-d\TH:i:s\Z', $last->decidedAt),
            'modelVersion' => $analysis->modelVersion(),
        ];
        // The same state of the same post has the same key, however often it is sent.
        $key = hash('sha256', (string) wp_json_encode([get_site_url(), $postId, $correction]));
        return ['correction' => $correction, 'idempotencyKey' => 'wordpress-' . $key];
    }

    /**
     * Silence is no rejection: a label that the server gave counts as left unless an editor took it away.
     *
     * @param list<string> $given
     * @param array<string, Decision> $decisions
     * @return list<string>
     */
    private static function left(array $given, array $decisions): array
    {
        $rejected = [];
        $added = [];
        foreach ($decisions as $label => $decision) {
            if ($decision->provenance->value === 'rejected') {
                $rejected[] = (string) $label;
            } elseif ($decision->provenance->isEditors()) {
                $added[] = (string) $label;
            }
        }
        return array_values(array_unique([...array_diff($given, $rejected), ...$added]));
    }
}
