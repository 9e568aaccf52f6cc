<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

/** A server's answer for one text of one post. */
final class StoredAnalysis
{
    /** @param array<string, mixed> $message rubricator.v1.Analysis in protobuf's JSON */
    public function __construct(
        public readonly int $postId,
        public readonly string $contentHash,
        public readonly array $message,
        public readonly string $runId,
        public readonly int $classifiedAt,
    ) {
    }

    /** @param array<string, string> $row */
    public static function fromRow(array $row): self
    {
        $message = json_decode($row['analysis'], true);
        return new self(
            (int) $row['post_id'],
            $row['content_hash'],
            is_array($message) ? $message : [],
            $row['run_id'],
            (int) $row['classified_at'],
        );
    }

    /** @return array<string, int|string> */
    public function row(): array
    {
        return [
            'post_id' => $this->postId,
            'content_hash' => $this->contentHash,
            'outcome' => $this->outcome(),
            'model_version' => $this->modelVersion(),
            'analysis' => (string) wp_json_encode($this->message, JSON_UNESCAPED_UNICODE),
            'run_id' => $this->runId,
            'classified_at' => $this->classifiedAt,
        ];
    }

    public function outcome(): string
    {
        return self::text($this->message['outcome'] ?? '', 64);
    }

    public function modelVersion(): string
    {
        return self::text($this->message['modelVersion'] ?? '', 64);
    }

    public function proposals(Kind $kind): Proposals
    {
        $confidences = [];
        foreach ($this->items($kind) as $label => $item) {
            $confidences[$label] = is_numeric($item['confidence'] ?? null)
                ? min(1.0, max(0.0, (float) $item['confidence']))
                : null;
        }
        return new Proposals($confidences, $this->modelVersion(), $this->classifiedAt);
    }

    /** @return array<string, string> names by label, as the server gave them */
    public function names(Kind $kind): array
    {
        return array_map(
            static fn (array $item): string => self::text($item['displayName'] ?? '', 200),
            $this->items($kind),
        );
    }

    /**
     * Topics, focus countries or desks, as the server sent them.
     *
     * @return array<string, array<string, mixed>> by label
     */
    public function items(Kind $kind): array
    {
        [$list, $key] = match ($kind) {
            Kind::Topic => ['topics', 'id'],
            Kind::Region => ['regions', 'code'],
            Kind::Desk => ['desks', 'desk'],
        };
        $items = [];
        foreach (is_array($this->message[$list] ?? null) ? $this->message[$list] : [] as $item) {
            $label = is_array($item) ? self::text($item[$key] ?? '', 64) : '';
            $inPassing = $kind === Kind::Region && ($item['role'] ?? '') !== 'REGION_ROLE_FOCUS';
            if ($label !== '' && !$inPassing) {
                $items[$label] = $item;
            }
        }
        return $items;
    }

    private static function text(mixed $value, int $most): string
    {
        return is_scalar($value) ? mb_substr((string) $value, 0, $most) : '';
    }
}
