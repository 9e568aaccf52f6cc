<?php

declare(strict_types=1);

namespace Rubricator\Server;

/** A way to ask Rubricator. Messages are arrays in protobuf's JSON form, the same by every way. */
interface Transport
{
    /**
     * Calls a unary method, such as "rubricator.v1.ClassificationService/ClassifyArticle".
     *
     * @param array<string, mixed> $request
     * @return array<string, mixed>
     * @throws TransportError when there is no answer, or the answer is an error
     */
    public function call(string $method, array $request, int $timeoutMs): array;

    /** Whom it asks, for people: "http://news.example:8080". Holds no secret. */
    public function target(): string;
}
