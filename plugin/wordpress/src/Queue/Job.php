<?php

declare(strict_types=1);

namespace Rubricator\Queue;

/** A claimed task of one post. */
final class Job
{
    /** @param int $generation grows each time that the job is asked for again */
    public function __construct(
        public readonly int $postId,
        public readonly Task $task,
        public readonly int $generation,
        public readonly int $attempts,
    ) {
    }
}
