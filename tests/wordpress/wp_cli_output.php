<?php

// The two functions of WP-CLI's that the plugin prints with.

namespace WP_CLI\Utils;

final class SilentBar
{
    public function tick(int $by = 1): void
    {
    }

    public function finish(): void
    {
    }
}

function make_progress_bar(string $title, int $size): SilentBar
{
    return new SilentBar();
}

function format_items(string $format, array $items, array $columns): void
{
    echo implode("\t", $columns), "\n";
    foreach ($items as $item) {
        echo implode("\t", array_map(static fn (string $column) => $item[$column] ?? '', $columns)), "\n";
    }
}
