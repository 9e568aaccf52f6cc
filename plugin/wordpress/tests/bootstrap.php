<?php

// Unit tests are of what needs no WordPress; tests/wordpress_test.py has the rest, in a real one.

declare(strict_types=1);

require __DIR__ . '/../autoload.php';
