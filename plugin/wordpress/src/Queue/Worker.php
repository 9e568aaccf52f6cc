<?php

declare(strict_types=1);

namespace Rubricator\Queue;

use Rubricator\Bulk\RunLog;
use Rubricator\Server\Server;
use Rubricator\Server\TransportError;
use Rubricator\Site\Settings;
use Rubricator\Tagging\AnalysisStore;
use Rubricator\Tagging\PostArticle;
use Rubricator\Tagging\StoredAnalysis;
use Rubricator\Tagging\Tagger;

/** Does what waits in the queue, oldest first. Runs in cron or in `wp rubricator work`, never while an editor waits. */
final class Worker
{
    public const EVENT = 'rubricator_drain';
    private const BATCH = 20;
    private const TIMEOUT_MS = 2000;
    private const BATCH_MS_FOR_EACH = 50;

    public function __construct(
        private readonly Settings $settings,
        private readonly Server $server,
        private readonly JobQueue $queue,
        private readonly Tagger $tagger,
    ) {
    }

    public static function make(): self
    {
        $settings = Settings::load();
        return new self($settings, Server::fromSettings($settings), new JobQueue(), Tagger::make($settings));
    }

    /** Cron's turn: works for half a minute, and comes back for what is left. */
    public static function onCron(): void
    {
        self::make()->drain(30, PHP_INT_MAX);
        self::schedule((new JobQueue())->nextDue());
    }

    /**
     * On shutdown. WordPress keeps its events in one option, and two requests that write it at once lose one of them;
     * so whoever asks wp-cron.php, for whatever event, drains the queue too.
     */
    public static function onShutdown(): void
    {
        if (wp_doing_cron()) {
            $due = (new JobQueue())->nextDue();
            if ($due !== null && $due <= time()) {
                self::onCron();
            }
        }
    }

    /** Sees to it that cron drains the queue. Nothing but a row of the options table, and only if none is scheduled. */
    public static function schedule(?int $dueAt): void
    {
        if ($dueAt === null) {
            return;
        }
        $at = max($dueAt, time(), Server::breaker()->closedUntil);
        $next = wp_next_scheduled(self::EVENT, ['soon']);
        if ($next !== false && $next > $at) {
            wp_unschedule_event($next, self::EVENT, ['soon']);
            $next = false;
        }
        if ($next === false) {
            wp_schedule_single_event($at, self::EVENT, ['soon']);
        }
    }

    /** Returns how many posts were classified or corrections sent. */
    public function drain(int $seconds, int $most): int
    {
        $until = microtime(true) + $seconds;
        $count = 0;
        foreach ([Task::Classify, Task::Correct] as $task) {
            while (microtime(true) < $until && $count < $most && Server::breaker()->allows(time())) {
                $jobs = $this->queue->claim($task, min(self::BATCH, $most - $count));
                if ($jobs === []) {
                    break;
                }
                $count += $task === Task::Classify ? $this->classify($jobs) : $this->correct($jobs);
            }
        }
        return $count;
    }

    /** Classifies one post if it waits and the server is up: an editor is looking, and cron may be a minute away. */
    public function classifyPost(int $postId): void
    {
        if (Server::breaker()->allows(time())) {
            $this->classify($this->queue->claim(Task::Classify, 1, $postId));
        }
    }

    /** @param list<Job> $jobs */
    private function classify(array $jobs): int
    {
        [$articles, $open] = $this->articles($jobs);
        if ($open === []) {
            return 0;
        }
        try {
            $results = $this->results($articles);
        } catch (TransportError $error) {
            foreach ($open as $job) {
                $error->isServerDown() ? $this->queue->postponed($job, $error) : $this->queue->failed($job, $error);
            }
            return 0;
        }
        $count = 0;
        foreach ($open as $i => $job) {
            $result = $results[$i] ?? null;
            if (!is_array($result['analysis'] ?? null)) {
                $this->queue->failed($job, self::refusal($result));
                continue;
            }
            $run = RunLog::ofQueue(time());
            $run->keep($job->postId);
            if ($job->attempts > 1) {
                // A worker that died between decisions and terms must not look like an editor who took terms away.
                $this->tagger->writeTerms($job->postId);
            }
            $this->tagger->apply(
                new StoredAnalysis($job->postId, $articles[$i]->hash(), $result['analysis'], $run->id, time()),
            );
            $this->queue->done($job);
            ++$count;
        }
        return $count;
    }

    /**
     * The texts of the jobs that need an answer; the others are done.
     *
     * @param list<Job> $jobs
     * @return array{list<PostArticle>, list<Job>}
     */
    private function articles(array $jobs): array
    {
        _prime_post_caches(array_map(static fn (Job $job): int => $job->postId, $jobs), true, false);
        $analyses = new AnalysisStore();
        $articles = [];
        $open = [];
        foreach ($jobs as $job) {
            $post = get_post($job->postId);
            if ($post === null || !PostArticle::isEligible($post, $this->settings)) {
                $this->queue->done($job);
                continue;
            }
            $article = PostArticle::of($post);
            if ($article->hash() === $analyses->contentHash($job->postId)) {
                $this->queue->done($job);
                continue;
            }
            $articles[] = $article;
            $open[] = $job;
        }
        return [$articles, $open];
    }

    /**
     * @param list<PostArticle> $articles
     * @return array<int, mixed> a ClassifyResult for each
     */
    public function results(array $articles): array
    {
        $options = [
            'includeEvidence' => true,
            'offsetEncoding' => 'OFFSET_ENCODING_UTF16',
            'displayLanguage' => substr(get_locale(), 0, 2),
        ];
        if (count($articles) === 1) {
            try {
                return [$this->server->call('rubricator.v1.ClassificationService/ClassifyArticle', [
                    'article' => $articles[0]->message(),
                    'options' => $options,
                ], self::TIMEOUT_MS)];
            } catch (TransportError $error) {
                if ($error->isTemporary()) {
                    throw $error;
                }
                return [['error' => ['message' => $error->getMessage()]]];
            }
        }
        try {
            $answer = $this->server->call('rubricator.v1.ClassificationService/BatchClassifyArticles', [
                'articles' => array_map(static fn (PostArticle $article): array => $article->message(), $articles),
                'options' => $options,
            ], self::TIMEOUT_MS + count($articles) * self::BATCH_MS_FOR_EACH);
            return is_array($answer['results'] ?? null) ? $answer['results'] : [];
        } catch (TransportError $error) {
            if ($error->isServerDown()) {
                throw $error;
            }
            // Together they may be over the server's limit for a message, which none is alone.
            return array_merge(...array_map(fn (PostArticle $article): array => $this->results([$article]), $articles));
        }
    }

    /** @param list<Job> $jobs */
    private function correct(array $jobs): int
    {
        $count = 0;
        foreach ($jobs as $job) {
            $request = CorrectionRequest::of($job->postId);
            try {
                if ($request !== null) {
                    $this->server->call('rubricator.v1.CorrectionService/RecordCorrection', $request, self::TIMEOUT_MS);
                    ++$count;
                }
                $this->queue->done($job);
            } catch (TransportError $error) {
                // A server without a store answers "unimplemented": nothing is wrong with it otherwise.
                $isRefused = $error->reason === 'unimplemented' || !$error->isServerDown();
                $isRefused ? $this->queue->failed($job, $error) : $this->queue->postponed($job, $error);
            }
        }
        return $count;
    }

    private static function refusal(mixed $result): TransportError
    {
        $message = is_array($result) ? $result['error']['message'] ?? null : null;
        return is_string($message)
            ? new TransportError('invalid_argument', $message)
            : new TransportError('internal', 'the server left this article out of its answer');
    }
}
