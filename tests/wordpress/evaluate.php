<?php

// Runs the PHP of the first argument inside the site ($a: the JSON of the second) and prints what it returns as JSON.
require getenv('WORDPRESS') . '/wp-load.php';
$a = json_decode($argv[2], true);
echo json_encode(eval($argv[1]), JSON_UNESCAPED_UNICODE | JSON_PRETTY_PRINT);
