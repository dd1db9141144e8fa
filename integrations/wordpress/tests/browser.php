<?php
/** Somebody at the site: asks for pages and keeps cookies, as a browser without scripts. */
final class Browser
{
    private array $cookies = [];
    public int $status = 0;
    public string $head = '';

    public function __construct(private string $site)
    {
    }

    public function get(string $path): string
    {
        return $this->ask('GET', $path, null, []);
    }

    public function post(string $path, array|string $form, array $headers = []): string
    {
        return $this->ask('POST', $path, is_array($form) ? http_build_query($form) : $form, $headers);
    }

    public function signIn(string $login): void
    {
        $this->get('/wp-login.php');
        $this->post('/wp-login.php', ['log' => $login, 'pwd' => 'trial only', 'testcookie' => '1', 'wp-submit' => '1']);
    }

    private function ask(string $method, string $path, ?string $body, array $headers): string
    {
        $cookies = implode('; ', array_map(fn ($name, $value) => "$name=$value", array_keys($this->cookies), $this->cookies));
        $headers += ['Content-Type' => 'application/x-www-form-urlencoded', 'Cookie' => $cookies];
        $lines = array_map(fn ($name, $value) => "$name: $value", array_keys($headers), $headers);
        $http = ['method' => $method, 'header' => $lines, 'ignore_errors' => true, 'follow_location' => 0, 'timeout' => 60];
        $context = stream_context_create(['http' => $body === null ? $http : $http + ['content' => $body]]);
        $answer = file_get_contents(str_starts_with($path, 'http') ? $path : $this->site . $path, false, $context);
        $this->head = implode("\n", $http_response_header ?? []);
        $this->status = preg_match('~^HTTP/\S+ (\d+)~', $this->head, $found) === 1 ? (int) $found[1] : 0;
        preg_match_all('~^Set-Cookie: ([^=]+)=([^;]*)~mi', $this->head, $set, PREG_SET_ORDER);
        foreach ($set as [, $name, $value]) {
            $this->cookies[$name] = $value;
        }
        return (string) $answer;
    }
}
