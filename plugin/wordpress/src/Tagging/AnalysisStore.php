<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

use Rubricator\Site\Schema;

/** The last analysis of each post. */
final class AnalysisStore
{
    public function load(int $postId): ?StoredAnalysis
    {
        global $wpdb;
        $row = $wpdb->get_row($wpdb->prepare(
            'SELECT * FROM ' . Schema::table('analyses') . ' WHERE post_id = %d',
            $postId,
        ), ARRAY_A);
        return $row === null ? null : StoredAnalysis::fromRow($row);
    }

    /** Hash of the text that the last analysis is of; empty when there is none. Cheap: it runs on each save. */
    public function contentHash(int $postId): string
    {
        global $wpdb;
        return (string) $wpdb->get_var($wpdb->prepare(
            'SELECT content_hash FROM ' . Schema::table('analyses') . ' WHERE post_id = %d',
            $postId,
        ));
    }

    public function save(StoredAnalysis $analysis): void
    {
        global $wpdb;
        $wpdb->replace(Schema::table('analyses'), $analysis->row());
    }

    /** So that the same text is classified anew. */
    public function forgetHash(int $postId): void
    {
        global $wpdb;
        $wpdb->update(Schema::table('analyses'), ['content_hash' => ''], ['post_id' => $postId]);
    }

    public function forgetPost(int $postId): void
    {
        global $wpdb;
        $wpdb->delete(Schema::table('analyses'), ['post_id' => $postId], ['%d']);
    }
}
