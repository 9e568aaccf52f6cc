<?php

// Medians of saving a new post, over as many saves as the first argument says: milliseconds, and of them the processor's.
require getenv('WORDPRESS') . '/wp-load.php';

$milliseconds = [];
$processor = [];
$used = static function (): float {
    $usage = getrusage();
    return 1e3 * ($usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec'])
        + ($usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec']) / 1e3;
};
for ($i = 0; $i < (int) $argv[1]; ++$i) {
    $post = ['post_title' => "Save $i", 'post_content' => str_repeat("Текст номер $i. ", 100), 'post_status' => 'publish'];
    $begin = hrtime(true);
    $before = $used();
    wp_insert_post($post);
    $milliseconds[] = (hrtime(true) - $begin) / 1e6;
    $processor[] = $used() - $before;
}
sort($milliseconds);
sort($processor);
$middle = intdiv(count($milliseconds), 2);
echo $milliseconds[$middle], ' ', $processor[$middle];
