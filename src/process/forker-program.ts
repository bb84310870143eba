/** The text of the small process that forks all others, and what it must know about this kind of machine. Perl, since every Debian has it. */

/** Numbers of `setsid unshare mount prctl`: Perl's base has no names for these calls. That of `pidfd_open` is the same everywhere. */
const GENERIC = [157, 97, 40, 167] as const;
const CALLS: Readonly<Partial<Record<NodeJS.Architecture, readonly number[]>>> = {
  x64: [112, 272, 165, 157],
  arm64: GENERIC,
  riscv64: GENERIC,
  loong64: GENERIC,
};

/**
 * What the pipes of a command's output hold, where the system lets us: what prints fast then goes on while we rest. A user who is
 * not root may have 64 MiB of pipes before new ones shrink.
 */
export const PIPE_BYTES = 256 * 1024;

/** Reads so many bytes of its input and runs them: as an argument the program would fill the list of processes. */
const LOADER =
  'my $p = ""; 1 while length $p < $ARGV[0] && sysread STDIN, $p, $ARGV[0] - length $p, length $p; eval $p';

/** What Perl is started with, and what it is told first. */
export interface ForkerProgram {
  readonly args: readonly string[];
  readonly input: Buffer;
}

/** Null on a machine whose system calls we do not know. */
export function forkerProgram(arch: NodeJS.Architecture): ForkerProgram | null {
  const calls = CALLS[arch];
  const input = Buffer.from(PROGRAM);
  return calls ? { args: ['-e', LOADER, String(input.length), ...calls.map(String)], input } : null;
}

/**
 * Orders come on stdin: the length of what follows in decimal, a newline, and fields with a NUL between them: the number of a
 * tree (0 is none), a word, and what belongs to it. Answers go to stdout, a line each.
 *
 *     T open USER PROC                            tree T PID-OF-PROCESS-1 | no-tree T ERRNO … gone T
 *     T run ID CWD STDOUT STDERR COUNT ARGV… ENV…  started ID PID … ended ID CODE SIGNAL | failed ID WHERE ERRNO
 *     T signal ID NAME
 *     T end
 *
 * Each tree has a keeper, forked from this process: it stays outside of the namespace that it makes, so that nothing inside can
 * see or stop it, and what it forks is born inside. Process 1 of the namespace does nothing but reap orphans. When orders end,
 * so does this process; keepers die with it, and with its keeper a namespace.
 */
const PROGRAM = String.raw`
my (undef, $setsid, $unshare, $mount, $prctl) = map { $_ + 0 } @ARGV;
my ($PIDFD_OPEN, $PDEATHSIG, $KILL, $WRITE, $SETPIPE_SZ) = (434, 1, 9, 1, 1031);
my ($NEWNS, $NEWUSER, $NEWPID, $PRIVATE, $PLAIN) = (0x20000, 0x10000000, 0x20000000, 0x44000, 14);
my (%kids, %trees, $first, $life);

$0 = 'pagure-actions: starts processes';
syscall $prctl, $PDEATHSIG, $KILL;
$SIG{PIPE} = 'IGNORE';
open my $orders, '<&', \*STDIN or exit 1;
open my $answers, '>&', \*STDOUT or exit 1;
open STDIN, '<', '/dev/null' or exit 1;
open STDOUT, '>', '/dev/null' or exit 1;
answer('ready');
serve(\&dispatch);

sub answer { syswrite $answers, "@_\n" }

sub serve {
  my ($take) = @_;
  my $buffer = '';
  for (;;) {
    my $ready = '';
    vec($ready, fileno $_, 1) = 1 for $orders, map { $_->{end} } values %kids;
    next if select($ready, undef, undef, undef) <= 0;
    for my $pid (keys %kids) { collect($pid) if vec $ready, fileno $kids{$pid}{end}, 1 }
    next unless vec $ready, fileno $orders, 1;
    my $read = sysread $orders, $buffer, 65536, length $buffer;
    next unless defined $read;
    exit if $read == 0;
    while ($buffer =~ /^(\d+)\n/ && length $buffer >= $+[0] + $1) {
      my ($size, $at) = ($1, $+[0]);
      my $order = substr $buffer, $at, $size;
      substr($buffer, 0, $at + $size) = '';
      $take->($order);
    }
  }
}

sub dispatch {
  my ($order) = @_;
  my ($tree, $word, @rest) = split /\0/, $order, -1;
  if ($word eq 'open') { open_tree($tree, @rest) }
  elsif ($tree eq '0') { obey($order) }
  elsif ($trees{$tree}) { pour($trees{$tree}, length($order) . "\n$order") }
}

sub pour {
  my ($to, $bytes) = @_;
  for (my $done = 0; $done < length $bytes;) {
    $done += syswrite($to, $bytes, length($bytes) - $done, $done) || return;
  }
}

sub obey {
  my (undef, $word, @rest) = split /\0/, $_[0], -1;
  if ($word eq 'run') { run(@rest) }
  elsif ($word eq 'signal') { pass_on(@rest) }
  elsif ($word eq 'end') { kill $KILL, $first }
}

sub watch {
  my ($pid, $word, $id) = @_;
  my $fd = syscall $PIDFD_OPEN, $pid, 0;
  return 0 if $fd < 0;
  open my $end, '<&=', $fd or return 0;
  $kids{$pid} = { word => $word, id => $id, end => $end };
}

sub collect {
  my ($pid) = @_;
  waitpid $pid, 0;
  my ($status, $kid) = ($?, delete $kids{$pid});
  my $signal = $status & 127;
  if ($kid->{word} eq 'ended') { answer('ended', $kid->{id}, $signal ? '-' : $status >> 8, $signal) }
  elsif ($kid->{word} eq 'gone') { delete $trees{$kid->{id}}; answer('gone', $kid->{id}) }
  else { collect($_) for keys %kids; exit }
}

sub pass_on {
  my ($id, $name) = @_;
  for my $pid (grep { $kids{$_}{id} eq $id } keys %kids) { kill($name, -$pid) || kill($name, $pid) }
}

sub run {
  my ($id, $cwd, $stdout, $stderr, $count, @rest) = @_;
  my @argv = splice @rest, 0, $count;
  pipe my $failed, my $failing or return answer('failed', $id, 'fork', $! + 0);
  my $pid = fork;
  return answer('failed', $id, 'fork', $! + 0) unless defined $pid;
  if (!$pid) {
    my $where = become($cwd, $stdout, $stderr, \@argv, \@rest);
    syswrite $failing, "$where " . ($! + 0);
    kill $KILL, $$;
  }
  close $failing;
  my $watched = watch($pid, 'ended', $id);
  kill $KILL, $pid unless $watched;
  my $why = $watched ? '' : 'watch 38';
  sysread $failed, $why, 64 if $watched;
  return answer('started', $id, $pid) if $why eq '';
  waitpid $pid, 0;
  delete $kids{$pid};
  answer('failed', $id, $why);
}

sub become {
  my ($cwd, $stdout, $stderr, $argv, $env) = @_;
  $SIG{PIPE} = 'DEFAULT';
  syscall($setsid) >= 0 or return 'session';
  close STDOUT;
  sysopen STDOUT, $stdout, $WRITE or return 'output';
  fcntl STDOUT, $SETPIPE_SZ, ${PIPE_BYTES};
  close STDERR;
  sysopen STDERR, $stderr, $WRITE or return 'output';
  fcntl STDERR, $SETPIPE_SZ, ${PIPE_BYTES};
  chdir $cwd or return 'folder';
  %ENV = map { split /=/, $_, 2 } @$env;
  exec { $argv->[0] } @$argv;
  return 'program';
}

sub open_tree {
  my ($tree, $user, $proc) = @_;
  pipe my $from, my $to or return answer('no-tree', $tree, $! + 0);
  my $pid = fork;
  return answer('no-tree', $tree, $! + 0) unless defined $pid;
  if ($pid) {
    $trees{$tree} = $to;
    watch($pid, 'gone', $tree) or answer('no-tree', $tree, 38);
    return;
  }
  syscall $prctl, $PDEATHSIG, $KILL;
  $0 = 'pagure-actions: keeps a process tree';
  %trees = %kids = ();
  close $to;
  $orders = $from;
  hold($tree, $user, $proc) or answer('no-tree', $tree, $! + 0), exit;
  answer('tree', $tree, $first);
  serve(\&obey);
}

sub hold {
  my ($tree, $user, $proc) = @_;
  my ($uid, $gid) = ($>, $) + 0);
  my $flags = $NEWPID | $NEWNS | ($user eq 'none' ? 0 : $NEWUSER);
  syscall($unshare, $flags) == 0 or return;
  if ($user ne 'none') {
    note('/proc/self/uid_map', ($user eq 'root' ? 0 : $uid) . " $uid 1") or return;
    note('/proc/self/setgroups', 'deny') or return;
    note('/proc/self/gid_map', ($user eq 'root' ? 0 : $gid) . " $gid 1") or return;
  }
  my ($none, $root) = ('none', '/');
  syscall($mount, $none, $root, 0, $PRIVATE, 0) == 0 or return;
  pipe my $alive, $life or return;
  pipe my $ready, my $tell or return;
  $first = fork;
  return unless defined $first;
  if (!$first) {
    close $_ for $life, $ready, $orders, $answers;
    reap($alive, $tell, $proc);
  }
  close $_ for $alive, $tell;
  sysread($ready, my $is, 1) or return;
  watch($first, 'first', '');
}

sub reap {
  my ($alive, $tell, $proc) = @_;
  syscall $prctl, $PDEATHSIG, $KILL;
  $0 = 'pagure-actions: reaps orphans';
  $SIG{CHLD} = 'IGNORE';
  my ($type, $at) = ('proc', '/proc');
  exit 1 if $proc eq 'own' && syscall($mount, $type, $at, $type, $PLAIN, 0) != 0;
  syswrite $tell, '.';
  close $tell;
  1 until defined sysread $alive, my $none, 1;
  exit;
}

sub note {
  my ($file, $text) = @_;
  open my $to, '>', $file or return;
  my $written = syswrite $to, $text;
  close $to;
  return $written;
}
`;
